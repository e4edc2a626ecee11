package io.playgrant.route.token;

import io.playgrant.error.TokenException;
import io.playgrant.record.RecordWriter;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.StepRegistry;

/** The record that each answer to a known caller leaves. */
public final class RecordSteps {

    private final RecordWriter writer;
    private final AnswerRecords records;

    public RecordSteps(RecordWriter writer, AnswerRecords records) {
        this.writer = writer;
        this.records = records;
    }

    /** Binds the steps. */
    public void bind(StepRegistry steps) {
        steps.step("await-records", Issuance.class, issuance -> writer.awaitRoom());
        steps.step("record-token", Issuance.class, this::recordToken);
        steps.decision("record-is-due", Issuance.class, Issuance::isRecordDue);
        steps.refusal("record-refusal", Issuance.class, this::recordRefusal);
    }

    private void recordToken(Issuance issuance) {
        // First of all: what refuses a record must not be recorded in its place.
        issuance.setRecordDone();
        writer.add(records.issued(issuance));
    }

    /** If the refusal cannot be recorded, that is what the caller is refused for instead. */
    private TokenException recordRefusal(Issuance issuance, TokenException refusal) {
        issuance.setRecordDone();
        try {
            writer.awaitRoom();
            writer.add(records.refused(issuance, refusal.code()));
            return refusal;
        } catch (TokenException notRecorded) {
            return notRecorded;
        }
    }
}
