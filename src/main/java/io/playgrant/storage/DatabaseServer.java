package io.playgrant.storage;

/**
 * A database on a PostgreSQL server, and the user to connect as.
 *
 * @param url {@code jdbc:postgresql://…}, without user or password; parameters of the driver may follow a question mark
 * @param user the user to connect as
 * @param password the user's password; empty: none
 */
public record DatabaseServer(String url, String user, String password) {

    /** The URL without parameters. */
    @Override
    public String toString() {
        return url.replaceFirst("\\?.*", "");
    }
}
