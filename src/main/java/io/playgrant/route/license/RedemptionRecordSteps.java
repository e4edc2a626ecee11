package io.playgrant.route.license;

import io.playgrant.error.TokenException;
import io.playgrant.record.RecordWriter;
import io.playgrant.route.exchange.StepRegistry;

/** The record that each redemption leaves whose token could be opened. */
final class RedemptionRecordSteps {

    private final RecordWriter writer;
    private final RedemptionRecords records;

    RedemptionRecordSteps(RecordWriter writer, RedemptionRecords records) {
        this.writer = writer;
        this.records = records;
    }

    /** Binds the steps. */
    void bind(StepRegistry steps) {
        steps.step("await-redemption-records", Redemption.class, redemption -> writer.awaitRoom());
        steps.step("record-redemption", Redemption.class, redemption -> writer.add(records.granted(redemption)));
        steps.refusal("record-refused-redemption", Redemption.class, this::recordRefusal);
    }

    /** If the refusal cannot be recorded, that is what the player is refused for instead. */
    private TokenException recordRefusal(Redemption redemption, TokenException refusal) {
        try {
            writer.awaitRoom();
            writer.add(records.refused(redemption, refusal));
            return refusal;
        } catch (TokenException notRecorded) {
            return notRecorded;
        }
    }
}
