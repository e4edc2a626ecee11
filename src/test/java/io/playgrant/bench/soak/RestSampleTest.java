package io.playgrant.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestSampleTest {

    @Test
    void heap_isThatOfAllGenerations() {
        assertThat(RestSample.heap("""
                123:
                 def new generation   total 9792K, used 1000K [0x01, 0x02, 0x03)
                  eden space 8704K,  11% used [0x01, 0x02, 0x03)
                 tenured generation   total 21888K, used 24000K [0x01, 0x02, 0x03)
                   the space 21888K,   5% used [0x01, 0x02, 0x03)
                 Metaspace       used 90000K, committed 91000K, reserved 1114112K
                  class space    used 9000K, committed 9500K, reserved 1048576K
                """)).isEqualTo(25.6);
    }

    @Test
    void heap_isThatOfG1() {
        assertThat(RestSample.heap("""
                123:
                 garbage-first heap   total 131072K, used 50000K [0x01, 0x02)
                  region size 1024K, 5 young (5120K), 2 survivors (2048K)
                 Metaspace       used 90000K, committed 91000K, reserved 1114112K
                  class space    used 9000K, committed 9500K, reserved 1048576K
                """)).isEqualTo(51.2);
    }

    @Test
    void heap_isThatOfNewerJava() {
        assertThat(RestSample.heap("""
                123:
                 garbage-first heap   total reserved 1048576K, committed 65536K, used 50000K [0x01, 0x02)
                  region size 1024K, 5 eden (5120K), 2 survivor (2048K)
                 Metaspace       used 90000K, committed 91000K, reserved 1114112K
                """)).isEqualTo(51.2);
    }
}
