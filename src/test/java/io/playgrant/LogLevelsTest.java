package io.playgrant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Libraries that would let anybody write as much into the log as they like are not heard. */
class LogLevelsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.netty.channel.AbstractChannelHandlerContext",
                "io.netty.channel.DefaultChannelPipeline",
                "io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder",
                "io.vertx.ext.web.RoutingContext",
                "org.apache.camel.component.kafka.consumer.support.KafkaRecordProcessor"
            })
    void whatAClientSends_isNotLogged(String logger) {
        assertThat(LoggerFactory.getLogger(logger).isInfoEnabled()).isFalse();
    }
}
