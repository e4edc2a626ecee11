package io.playgrant.route.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The native libraries that Kafka's client needs for compressed messages. Each is unpacked into a file before it is loaded. */
final class KafkaLibraries {

    /** The settings of snappy-java and zstd-jni. */
    private static final List<String> FOLDERS = List.of("org.xerial.snappy.tempdir", "ZstdTempFolder");

    private KafkaLibraries() {}

    /** Has them unpacked into this folder if the folder for temporary files is read-only. */
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
