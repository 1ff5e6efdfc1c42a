package io.oomstream.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An OCI image layout in a tar that holds one image of one layer: its config and its files. */
record OciLayer(String name, JsonNode config, Map<String, Entry> entries) {

  /** The content's SHA-256, null for a folder. */
  record Entry(
      String owner, int mode, Instant modified, @org.jspecify.annotations.Nullable String sha256) {}

  static OciLayer read(Path tar) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), in.readAllBytes());
      }
    }
    ObjectMapper json = new ObjectMapper();
    JsonNode image = json.readTree(files.get("index.json")).path("manifests").path(0);
    JsonNode manifest = json.readTree(blob(files, image));
    if (manifest.path("layers").size() != 1) {
      throw new IOException(tar + " has not one layer: " + manifest);
    }
    return new OciLayer(
        image.at("/annotations/org.opencontainers.image.ref.name").asText(),
        json.readTree(blob(files, manifest.path("config"))),
        entries(blob(files, manifest.path("layers").path(0))));
  }

  /** A blob whose bytes have the digest by which it is named. */
  private static byte[] blob(Map<String, byte[]> files, JsonNode descriptor) throws IOException {
    String digest = descriptor.path("digest").asText();
    byte[] blob = files.get("blobs/" + digest.replace(':', '/'));
    if (blob == null || !digest.equals("sha256:" + sha256(new ByteArrayInputStream(blob)))) {
      throw new IOException("no such blob: " + descriptor);
    }
    return blob;
  }

  private static Map<String, Entry> entries(byte[] layer) throws IOException {
    Map<String, Entry> entries = new TreeMap<>();
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(
            new GZIPInputStream(new ByteArrayInputStream(layer)), StandardCharsets.UTF_8.name())) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(
            "/" + entry.getName(),
            new Entry(
                entry.getLongUserId() + ":" + entry.getLongGroupId(),
                entry.getMode() & 0777,
                entry.getLastModifiedTime().toInstant(),
                entry.isDirectory() ? null : sha256(in)));
      }
    }
    return entries;
  }

  static String sha256(InputStream in) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] part = new byte[1 << 16];
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        digest.update(part, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
