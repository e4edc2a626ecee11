package io.playgrant.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.playgrant.record.RecordWriter;

/** The meters of the records: waiting, written, dropped, failed. */
final class RecordMeters {

    private RecordMeters() {}

    static void bind(RecordWriter records, MeterRegistry registry) {
        Gauge.builder("playgrant.records.waiting", records, RecordWriter::waiting)
                .description("Records that are not written yet")
                .register(registry);
        FunctionCounter.builder("playgrant.records.written", records, RecordWriter::written)
                .description("Records that were written")
                .register(registry);
        FunctionCounter.builder("playgrant.records.dropped", records, RecordWriter::dropped)
                .description("Records that cannot be stored and were dropped")
                .register(registry);
        FunctionCounter.builder("playgrant.records.failures", records, RecordWriter::failures)
                .description("Transactions with records that failed and were tried again")
                .register(registry);
    }
}
