package io.playgrant.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.error.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestMetersTest {

    private final Metrics metrics = new Metrics();
    private final RequestMeters meters = metrics.requests("http");

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void everyCode_isThereBeforeItIsCounted() {
        assertThat(metrics.scrape()).contains("playgrant_requests_total{code=\"0\",source=\"http\"} 0.0\n");
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(metrics.scrape())
                    .contains("playgrant_requests_total{code=\"" + code.number() + "\",source=\"http\"} 0.0\n");
        }
    }

    @Test
    void outcomes_areCountedByCode() {
        meters.succeeded();
        meters.succeeded();
        meters.refused(ErrorCode.INVALID_KID);
        assertThat(metrics.scrape())
                .contains("playgrant_requests_total{code=\"0\",source=\"http\"} 2.0\n")
                .contains("playgrant_requests_total{code=\"-4022\",source=\"http\"} 1.0\n");
    }

    @Test
    void times_areAHistogram() {
        meters.took(2_000_000);
        meters.took(20_000_000_000L);
        assertThat(metrics.scrape())
                .contains("playgrant_request_seconds_bucket{source=\"http\",le=\"0.001\"} 0\n")
                .contains("playgrant_request_seconds_bucket{source=\"http\",le=\"0.0025\"} 1\n")
                .contains("playgrant_request_seconds_bucket{source=\"http\",le=\"10.0\"} 1\n")
                .contains("playgrant_request_seconds_bucket{source=\"http\",le=\"+Inf\"} 2\n")
                .contains("playgrant_request_seconds_count{source=\"http\"} 2\n");
    }
}
