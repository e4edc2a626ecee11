package io.playgrant.storage;

import java.nio.file.Path;

/** A process of its own that notes a fact in the database and then keeps it open until it is killed. */
final class DatabaseUser {

    static final String READY = "ready";

    private DatabaseUser() {}

    /** Takes the folder and the fact. */
    public static void main(String[] args) throws InterruptedException {
        Database database = Database.openEmbedded(Path.of(args[0]));
        new Installation(database).note("of-the-other-process", args[1]);
        System.out.println(READY);
        Thread.currentThread().join();
    }
}
