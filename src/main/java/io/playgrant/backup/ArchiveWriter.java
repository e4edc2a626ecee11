package io.playgrant.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the zip file of a backup. */
final class ArchiveWriter implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ZipOutputStream zip;
    private final Map<String, String> digests = new TreeMap<>();

    ArchiveWriter(OutputStream out) {
        zip = new ZipOutputStream(out);
    }

    /** Writes the content of an entry. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    void add(String name, Content content) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        zip.putNextEntry(new ZipEntry(name));
        content.writeTo(new DigestOutputStream(new Unclosed(zip), digest));
        zip.closeEntry();
        digests.put(name, HexFormat.of().formatHex(digest.digest()));
    }

    void add(String name, String text) throws IOException {
        add(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Adds the manifest, as the last entry. */
    void finish(String program, String createdAt, String schema, Map<String, Long> sequences) throws IOException {
        Manifest manifest = new Manifest(Manifest.FORMAT, program, createdAt, schema, sequences, Map.copyOf(digests));
        add(Manifest.NAME, MAPPER.writeValueAsString(manifest));
        zip.finish();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
