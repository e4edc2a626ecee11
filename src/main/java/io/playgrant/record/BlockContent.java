package io.playgrant.record;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import io.playgrant.account.Environment;
import io.playgrant.contentkey.KeyId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a block as CBOR: an array of the version, and an array for each record, oldest first. A record's array has in this order
 *
 * <ol>
 *   <li>the microseconds since the record before, for the first record since 1970
 *   <li>the request id
 *   <li>the token id, or null
 *   <li>the code
 *   <li>an array of the kids, as byte strings
 *   <li>the contentId, or null
 *   <li>the cookie, or null
 *   <li>the number of the source, see {@link TokenRecord.Source}
 *   <li>the address, or null
 *   <li>the redemption, or null; missing at the end
 * </ol>
 *
 * A redemption is an array of the number of its {@link RedemptionRecord.Kind}, the reason, the service and the status, or null for each, and
 * the device, or null. A device is an array of the members of {@link RedemptionRecord.Device}, or null for each. A byte string in place of
 * an id stands for its hexadecimal digits. Members may be added at the end of these arrays; other changes need another version.
 */
final class BlockContent {

    private static final int VERSION = 1;
    private static final int MEMBERS = 9;
    private static final int REDEMPTION_MEMBERS = 5;
    private static final int DEVICE_MEMBERS = 6;
    private static final int USUAL_LENGTH = 100;
    private static final CBORFactory CBOR = new CBORFactory();
    private static final HexFormat HEX = HexFormat.of();

    private BlockContent() {}

    /** The content is not one that this version of the program can read. */
    static final class UnreadableException extends Exception {

        private static final long serialVersionUID = 1L;

        private UnreadableException(String reason) {
            super(reason);
        }
    }

    /** Writes records, oldest first. */
    static byte[] write(List<TokenRecord> records) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(USUAL_LENGTH * (records.size() + 1));
        try (CBORGenerator cbor = CBOR.createGenerator(content)) {
            cbor.writeStartArray(null, records.size() + 1);
            cbor.writeNumber(VERSION);
            long before = 0;
            for (TokenRecord record : records) {
                long time = micros(record.time());
                write(record, time - before, cbor);
                before = time;
            }
            cbor.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toByteArray();
    }

    private static void write(TokenRecord record, long sinceBefore, CBORGenerator cbor) throws IOException {
        RedemptionRecord redemption = record.redemption();
        cbor.writeStartArray(null, redemption == null ? MEMBERS : MEMBERS + 1);
        cbor.writeNumber(sinceBefore);
        writeId(record.requestId(), cbor);
        writeId(record.tokenId(), cbor);
        cbor.writeNumber(record.code());
        cbor.writeStartArray(null, record.kids().size());
        for (KeyId kid : record.kids()) {
            cbor.writeBinary(kid.toByteArray());
        }
        cbor.writeEndArray();
        cbor.writeString(record.contentId());
        cbor.writeString(record.cookie());
        cbor.writeNumber(record.source().number());
        cbor.writeString(record.address());
        if (redemption != null) {
            write(redemption, cbor);
        }
        cbor.writeEndArray();
    }

    private static void write(RedemptionRecord redemption, CBORGenerator cbor) throws IOException {
        cbor.writeStartArray(null, REDEMPTION_MEMBERS);
        cbor.writeNumber(redemption.kind().number());
        cbor.writeString(redemption.reason());
        cbor.writeString(redemption.service());
        cbor.writeString(redemption.status());
        RedemptionRecord.Device device = redemption.device();
        if (device == null) {
            cbor.writeNull();
        } else {
            cbor.writeStartArray(null, DEVICE_MEMBERS);
            cbor.writeString(device.make());
            cbor.writeString(device.model());
            writeNumber(device.securityLevel(), cbor);
            writeNumber(device.systemId(), cbor);
            cbor.writeString(device.platformVerification());
            writeId(device.serialHash(), cbor);
            cbor.writeEndArray();
        }
        cbor.writeEndArray();
    }

    private static void writeNumber(@Nullable Number number, CBORGenerator cbor) throws IOException {
        if (number == null) {
            cbor.writeNull();
        } else {
            cbor.writeNumber(number.longValue());
        }
    }

    private static void writeId(@Nullable String id, CBORGenerator cbor) throws IOException {
        if (id != null && isHex(id)) {
            cbor.writeBinary(HEX.parseHex(id));
        } else {
            cbor.writeString(id);
        }
    }

    private static boolean isHex(String id) {
        for (int i = 0; i < id.length(); i++) {
            char digit = id.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return id.length() % 2 == 0;
    }

    /**
     * Reads the records, oldest first.
     *
     * @throws UnreadableException if the content is damaged, or was written by a newer version of the program
     */
    static List<TokenRecord> read(byte[] content, long account, Environment environment) throws UnreadableException {
        List<TokenRecord> records = new ArrayList<>();
        try (CBORParser cbor = CBOR.createParser(content)) {
            expect(JsonToken.START_ARRAY, cbor);
            expect(JsonToken.VALUE_NUMBER_INT, cbor);
            if (cbor.getIntValue() != VERSION) {
                throw new UnreadableException("it was written by a newer version of Playgrant");
            }
            long time = 0;
            while (cbor.nextToken() == JsonToken.START_ARRAY) {
                time += number(cbor);
                records.add(read(Instant.EPOCH.plus(time, ChronoUnit.MICROS), account, environment, cbor));
            }
            if (cbor.currentToken() != JsonToken.END_ARRAY) {
                throw damaged();
            }
        } catch (IOException | RuntimeException e) {
            // Their messages may quote the content.
            throw damaged();
        }
        return records;
    }

    /**
     * Whether records may match a filter, by looking for the bytes of its values: this takes less than a quarter of the time of reading the
     * records.
     */
    static boolean mayMatch(byte[] content, RecordQuery.Filter filter) {
        return (filter.cookie() == null || contains(content, filter.cookie().getBytes(StandardCharsets.UTF_8)))
                && (filter.tokenId() == null || contains(content, HEX.parseHex(filter.tokenId())))
                && (filter.kid() == null || contains(content, filter.kid().toByteArray()))
                && (filter.code() == null || contains(content, cbor(filter.code())))
                && (filter.requestId() == null || contains(content, idBytes(filter.requestId())))
                && (filter.contentId() == null
                        || contains(content, filter.contentId().getBytes(StandardCharsets.UTF_8)))
                && (filter.address() == null
                        || contains(content, filter.address().getBytes(StandardCharsets.UTF_8)))
                && (filter.anyId() == null || contains(content, idBytes(filter.anyId())));
    }

    private static byte[] idBytes(String id) {
        return isHex(id) ? HEX.parseHex(id) : id.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] cbor(int number) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CBORGenerator cbor = CBOR.createGenerator(bytes)) {
            cbor.writeNumber(number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static boolean contains(byte[] content, byte[] part) {
        if (part.length == 0) {
            return true;
        }
        byte first = part[0];
        for (int i = 0; i <= content.length - part.length; i++) {
            // The first byte alone decides most of the time, which is twice as fast.
            if (content[i] == first && Arrays.equals(content, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private static TokenRecord read(Instant time, long account, Environment environment, CBORParser cbor)
            throws IOException, UnreadableException {
        TokenRecord record = new TokenRecord(
                time,
                required(id(cbor)),
                id(cbor),
                account,
                environment,
                (int) number(cbor),
                kids(cbor),
                text(cbor),
                text(cbor),
                TokenRecord.Source.of((int) number(cbor)),
                text(cbor),
                redemption(cbor));
        skipMore(cbor);
        return record;
    }

    /** Leaves the parser at the end of the record's array if that is next. */
    private static @Nullable RedemptionRecord redemption(CBORParser cbor) throws IOException, UnreadableException {
        JsonToken next = cbor.nextToken();
        if (next == JsonToken.END_ARRAY || next == JsonToken.VALUE_NULL) {
            return null;
        }
        if (next != JsonToken.START_ARRAY) {
            throw damaged();
        }
        RedemptionRecord redemption = new RedemptionRecord(
                RedemptionRecord.Kind.of((int) number(cbor)), text(cbor), text(cbor), text(cbor), device(cbor));
        cbor.nextToken();
        skipMore(cbor);
        cbor.nextToken();
        return redemption;
    }

    private static RedemptionRecord.@Nullable Device device(CBORParser cbor) throws IOException, UnreadableException {
        JsonToken next = cbor.nextToken();
        if (next == JsonToken.VALUE_NULL) {
            return null;
        }
        if (next != JsonToken.START_ARRAY) {
            throw damaged();
        }
        String make = text(cbor);
        String model = text(cbor);
        Long securityLevel = numberOrNull(cbor);
        RedemptionRecord.Device device = new RedemptionRecord.Device(
                make,
                model,
                securityLevel == null ? null : securityLevel.intValue(),
                numberOrNull(cbor),
                text(cbor),
                id(cbor));
        cbor.nextToken();
        skipMore(cbor);
        return device;
    }

    /** Skips the rest of an array, from the current token on. */
    private static void skipMore(CBORParser cbor) throws IOException, UnreadableException {
        for (JsonToken more = cbor.currentToken(); more != JsonToken.END_ARRAY; more = cbor.nextToken()) {
            if (more == null) {
                throw damaged();
            }
            cbor.skipChildren();
        }
    }

    private static @Nullable Long numberOrNull(CBORParser cbor) throws IOException, UnreadableException {
        JsonToken next = cbor.nextToken();
        if (next == JsonToken.VALUE_NULL) {
            return null;
        }
        if (next != JsonToken.VALUE_NUMBER_INT) {
            throw damaged();
        }
        return cbor.getLongValue();
    }

    private static long number(CBORParser cbor) throws IOException, UnreadableException {
        expect(JsonToken.VALUE_NUMBER_INT, cbor);
        return cbor.getLongValue();
    }

    private static @Nullable String id(CBORParser cbor) throws IOException, UnreadableException {
        if (cbor.nextToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
            return HEX.formatHex(cbor.getBinaryValue());
        }
        return currentText(cbor);
    }

    private static @Nullable String text(CBORParser cbor) throws IOException, UnreadableException {
        cbor.nextToken();
        return currentText(cbor);
    }

    private static @Nullable String currentText(CBORParser cbor) throws IOException, UnreadableException {
        if (cbor.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (cbor.currentToken() != JsonToken.VALUE_STRING) {
            throw damaged();
        }
        return cbor.getText();
    }

    private static String required(@Nullable String text) throws UnreadableException {
        if (text == null) {
            throw damaged();
        }
        return text;
    }

    private static List<KeyId> kids(CBORParser cbor) throws IOException, UnreadableException {
        expect(JsonToken.START_ARRAY, cbor);
        List<KeyId> kids = new ArrayList<>(1);
        while (cbor.nextToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
            kids.add(KeyId.of(cbor.getBinaryValue()));
        }
        if (cbor.currentToken() != JsonToken.END_ARRAY) {
            throw damaged();
        }
        return kids;
    }

    private static void expect(JsonToken token, CBORParser cbor) throws IOException, UnreadableException {
        if (cbor.nextToken() != token) {
            throw damaged();
        }
    }

    private static UnreadableException damaged() {
        return new UnreadableException("it is damaged");
    }

    /** Exact, as records have no fractions of a microsecond. */
    private static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }
}
