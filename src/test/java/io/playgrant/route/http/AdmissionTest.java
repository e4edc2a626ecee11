package io.playgrant.route.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.route.http.Admission.RequestSlot;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private final Admission admission = new Admission(2, 1);

    @Test
    void admit_letsInAsManyAsAreServedAndMayWait() {
        assertThat(arriveAndAdmit()).isTrue();
        assertThat(arriveAndAdmit()).isTrue();
        assertThat(admission.waiting()).isZero();
        assertThat(arriveAndAdmit()).isTrue();
        assertThat(admission.inService()).isEqualTo(2);
        assertThat(admission.waiting()).isEqualTo(1);
        assertThat(arriveAndAdmit()).isFalse();
        assertThat(admission.refused()).isEqualTo(1);
        assertThat(admission.inService() + admission.waiting()).isEqualTo(3);
    }

    @Test
    void arrivals_takeNoPlace() {
        for (int i = 0; i < 10; i++) {
            admission.arrive();
        }
        assertThat(admission.arriving()).isEqualTo(10);
        assertThat(arriveAndAdmit()).isTrue();
        assertThat(admission.arriving()).isEqualTo(10);
        assertThat(admission.present()).isEqualTo(11);
    }

    @Test
    void end_freesAPlaceOnce() {
        RequestSlot slot = admission.arrive();
        assertThat(slot.admit()).isTrue();
        arriveAndAdmit();
        arriveAndAdmit();
        slot.end();
        slot.end();
        assertThat(admission.present()).isEqualTo(2);
        assertThat(arriveAndAdmit()).isTrue();
        assertThat(arriveAndAdmit()).isFalse();
    }

    @Test
    void end_ofARefusedVisit_freesNoPlace() {
        arriveAndAdmit();
        arriveAndAdmit();
        arriveAndAdmit();
        RequestSlot refused = admission.arrive();
        assertThat(refused.admit()).isFalse();
        refused.end();
        assertThat(admission.present()).isEqualTo(3);
        assertThat(arriveAndAdmit()).isFalse();
    }

    @Test
    void limitedRequests_haveHalfOfThePlacesAtMost() {
        Admission six = new Admission(2, 4);
        List<RequestSlot> limited = Stream.generate(six::arrive).limit(4).toList();
        assertThat(limited.stream().map(slot -> slot.admit(true))).containsExactly(true, true, true, false);
        assertThat(six.limited()).isEqualTo(3);
        assertThat(six.refused()).isEqualTo(1);
        assertThat(Stream.generate(six::arrive).limit(4).map(RequestSlot::admit))
                .containsExactly(true, true, true, false);
        RequestSlot without = six.arrive();
        limited.get(0).end();
        limited.get(0).end();
        assertThat(without.admit()).isTrue();
        RequestSlot refused = six.arrive();
        assertThat(refused.admit(true)).isFalse();
        refused.end();
        limited.get(3).end();
        assertThat(six.limited()).isEqualTo(2);
    }

    @Test
    void account_leavesAsManyStreamsToOthersAsItHas() {
        Admission ten = new Admission(20, 0);
        List<RequestSlot> first = Stream.generate(() -> stream(ten, 1)).limit(6).toList();
        assertThat(first.subList(0, 5)).allMatch(RequestSlot::isStream);
        assertThat(first.get(5).isStream()).isFalse();
        assertThat(stream(ten, 2).isStream()).isTrue();
        first.get(0).end();
        first.get(0).end();
        assertThat(ten.streams()).isEqualTo(5);
        assertThat(stream(ten, 1).isStream()).isTrue();
        assertThat(stream(ten, 1).isStream()).isFalse();
    }

    private static RequestSlot stream(Admission admission, long account) {
        RequestSlot slot = admission.arrive();
        assertThat(slot.admit()).isTrue();
        slot.becomeStream(account);
        return slot;
    }

    @Test
    void close_isToldEachTimeThatNobodyIsLeft() {
        AtomicInteger told = new AtomicInteger();
        RequestSlot before = admission.arrive();
        admission.arrive().end();
        admission.close(told::incrementAndGet);
        assertThat(admission.isClosing()).isTrue();
        assertThat(told).hasValue(0);
        before.end();
        assertThat(told).hasValue(1);
        admission.arrive().end();
        assertThat(told).hasValue(2);
    }

    private boolean arriveAndAdmit() {
        return admission.arrive().admit();
    }
}
