package io.playgrant.cli;

import io.playgrant.config.Rooms;
import io.playgrant.config.Settings;
import java.nio.file.Path;

/** Where this installation stands: the launcher says so. */
final class Home {

    private Home() {}

    static Settings settings() {
        Path home = Path.of(System.getProperty("playgrant.home", "."))
                .toAbsolutePath()
                .normalize();
        return Settings.load(home, System.getenv());
    }

    static Rooms openRooms() {
        return Rooms.open(settings());
    }
}
