package io.playgrant.route.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.route.kafka.ResultTopic.Limits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class ResultTopicTest {

    private final Deque<Optional<Limits>> answers = new ArrayDeque<>();
    private final ResultTopic topic =
            new ResultTopic(100_000, () -> answers.remove().orElseThrow(() -> new KafkaException("away")));

    @Test
    void answer_standsForAWhile() {
        answers.add(Optional.of(new Limits(3, 50_000)));
        assertThat(topic.partition(4)).isEqualTo(1);
        assertThat(topic.partition(2)).isEqualTo(2);
        assertThat(topic.largest()).isEqualTo(50_000 - 2_048);
    }

    @Test
    void topicThatWasNeverKnown_hasNoPartition_untilItIsKnown() {
        answers.add(Optional.empty());
        assertThatThrownBy(() -> topic.partition(0))
                .isInstanceOf(KafkaException.class)
                .hasMessage("away");
        answers.add(Optional.empty());
        assertThatThrownBy(topic::largest).isInstanceOf(KafkaException.class);
        answers.add(Optional.of(new Limits(2, 200_000)));
        assertThat(topic.partition(3)).isEqualTo(1);
        assertThat(topic.largest()).isEqualTo(100_000);
    }

    @Test
    void whatWasKnown_stands_whileTheBrokersDoNotAnswer() {
        answers.add(Optional.of(new Limits(3, 200_000)));
        assertThat(topic.partition(5)).isEqualTo(2);
        answers.add(Optional.empty());
        topic.askAgain();
        assertThat(topic.partition(5)).isEqualTo(2);
        assertThat(topic.partition(4)).as("not asked for at once").isEqualTo(1);
        answers.add(Optional.of(new Limits(4, 200_000)));
        topic.askAgain();
        assertThat(topic.partition(5)).isEqualTo(1);
    }

    @Test
    void sizeThatIsLearntFromARefusal_leavesThePartitions() {
        answers.add(Optional.of(new Limits(3, Integer.MAX_VALUE)));
        assertThat(topic.largest()).isEqualTo(100_000);
        topic.wasTooLarge();
        assertThat(topic.largest()).isEqualTo(50_000);
        assertThat(topic.partition(5)).isEqualTo(2);
    }
}
