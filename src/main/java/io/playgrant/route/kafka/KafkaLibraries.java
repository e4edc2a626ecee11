package io.playgrant.route.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The native libraries by which Kafka's client reads compressed messages. Each is unpacked into a file before it is loaded. */
final class KafkaLibraries {

    /** The settings of snappy-java and zstd-jni. */
    private static final List<String> FOLDERS = List.of("org.xerial.snappy.tempdir", "ZstdTempFolder");

    private KafkaLibraries() {}

    /** Unpacks them into this folder if that for temporary files cannot be written to. */
    static void useFolder(Path folder) {
        if (Files.isWritable(Path.of(System.getProperty("java.io.tmpdir")))) {
            return;
        }
        for (String setting : FOLDERS) {
            if (System.getProperty(setting) == null) {
                System.setProperty(setting, folder.toString());
            }
        }
    }
}
