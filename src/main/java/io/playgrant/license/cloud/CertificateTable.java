package io.playgrant.license.cloud;

import io.playgrant.account.Environment;
import io.playgrant.storage.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The SQL statements for service certificates. */
final class CertificateTable {

    private static final String OF_PROVIDER = " where environment = :environment and provider = :provider";

    private final Database database;

    CertificateTable(Database database) {
        this.database = database;
    }

    /**
     * Whose certificate it is.
     *
     * @param provider the name of the provider
     */
    record Owner(Environment environment, String provider) {}

    /**
     * A stored certificate.
     *
     * @param previousSerial the serial number of the certificate before, which players may still use
     * @param fetchedAt when the licence service sent it
     */
    record Row(ServiceCertificate certificate, @Nullable String previousSerial, Instant fetchedAt) {

        boolean hasSerial(String serial) {
            return serial.equals(certificate.serial()) || serial.equals(previousSerial);
        }
    }

    Optional<Row> find(Owner owner) {
        return database.withHandle(handle -> find(handle, owner));
    }

    private static Optional<Row> find(Handle handle, Owner owner) {
        return of(
                        owner,
                        handle.createQuery(
                                "select signed_message, serial, previous_serial, fetched_at from service_certificate"
                                        + OF_PROVIDER))
                .map((row, context) -> row(row))
                .findOne();
    }

    /** Stores a certificate. Returns the row as it is then. */
    Row store(Owner owner, ServiceCertificate certificate, Instant now) {
        return database.inTransaction(handle -> {
            if (update(handle, owner, certificate, now) == 0) {
                insert(handle, owner, certificate, now);
            }
            return find(handle, owner).orElseThrow();
        });
    }

    /** Stores a certificate unless it is the current one or the one before. */
    void storeIfNew(Owner owner, ServiceCertificate certificate, Instant now) {
        Optional<Row> row = find(owner);
        if (row.isEmpty() || !row.get().hasSerial(certificate.serial())) {
            store(owner, certificate, now);
        }
    }

    private static int update(Handle handle, Owner owner, ServiceCertificate certificate, Instant now) {
        return of(owner, handle.createUpdate("""
                        update service_certificate
                           set previous_serial = case when serial = :serial then previous_serial else serial end,
                               serial = :serial,
                               signed_message = :message,
                               fetched_at = :now,
                               tried_at = :now
                        """ + OF_PROVIDER))
                .bind("serial", certificate.serial())
                .bind("message", certificate.signedMessage())
                .bind("now", utc(now))
                .execute();
    }

    private static void insert(Handle handle, Owner owner, ServiceCertificate certificate, Instant now) {
        of(owner, handle.createUpdate("""
                        insert into service_certificate (environment, provider, serial, signed_message, fetched_at, tried_at)
                        values (:environment, :provider, :serial, :message, :now, :now)
                        on conflict do nothing
                        """))
                .bind("serial", certificate.serial())
                .bind("message", certificate.signedMessage())
                .bind("now", utc(now))
                .execute();
    }

    /**
     * Takes the turn to fetch an old certificate again, so that one of several servers does so.
     *
     * @param before nobody may have tried since this time
     * @return whether it is this server's turn
     */
    boolean takeTurn(Owner owner, Instant before, Instant now) {
        return database.inTransaction(handle -> of(
                                owner,
                                handle.createUpdate("update service_certificate set tried_at = :now" + OF_PROVIDER
                                        + " and tried_at < :before"))
                        .bind("now", utc(now))
                        .bind("before", utc(before))
                        .execute()
                == 1);
    }

    private static <S extends SqlStatement<S>> S of(Owner owner, S statement) {
        return statement.bind("environment", owner.environment().label()).bind("provider", owner.provider());
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new ServiceCertificate(row.getBytes("signed_message"), row.getString("serial")),
                row.getString("previous_serial"),
                row.getObject("fetched_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
