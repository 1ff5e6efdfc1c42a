package io.oomstream.workload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.oomstream.format.line.RawRecord;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Records of the catalogue to entries. A value is an object of {@code workload-1.0.json}; or a Pod
 * of the API's {@code v1}, a list of them, or one with what happened to it, as kubectl and the
 * OpenTelemetry Collector's k8sobjects receiver write them.
 *
 * @param allowed labels of pods that events may have
 */
public record CatalogueReader(Set<String> allowed) implements Serializable {

  /** The header that names the cluster where the value does not. */
  static final String CLUSTER_HEADER = "oomstream-cluster";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  public CatalogueReader {
    allowed = new TreeSet<>(allowed);
  }

  /**
   * Reads a record.
   *
   * @return none for a record without value, and for a pod that is not placed yet
   * @throws BadEntryException if it is neither form
   */
  public List<CatalogueEntry> read(RawRecord record) throws BadEntryException {
    byte[] value = record.value();
    if (value == null) {
      return List.of();
    }
    JsonNode json;
    try {
      json = MAPPER.readTree(value);
    } catch (JsonProcessingException e) {
      throw new BadEntryException("not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadEntryException("not JSON: " + e.getMessage());
    }
    byte[] header = record.headers().get(CLUSTER_HEADER);
    String cluster =
        header == null
            ? null
            : Fields.checked(CLUSTER_HEADER, new String(header, StandardCharsets.UTF_8).trim());
    List<CatalogueEntry> entries = new ArrayList<>();
    if (OtlpBodies.isOtlp(json)) {
      List<OtlpBodies.Body> bodies = new ArrayList<>();
      OtlpBodies.read(json, MAPPER, bodies::add);
      for (OtlpBodies.Body body : bodies) {
        read(
            body.json(),
            body.cluster() == null ? cluster : Fields.checked("k8s.cluster.name", body.cluster()),
            record,
            entries);
      }
    } else {
      read(json, cluster, record, entries);
    }
    return entries;
  }

  private void read(
      JsonNode json, @Nullable String cluster, RawRecord record, List<CatalogueEntry> to)
      throws BadEntryException {
    if (!json.isObject()) {
      throw new BadEntryException("the value is not one JSON object");
    }
    if (json.has("schemaVersion")) {
      to.add(OwnForm.read(json, cluster, allowed, record.timestamp()));
      return;
    }
    if (json.path("object").isObject() && json.has("type")) {
      String happened = json.path("type").asText();
      if (!happened.equals("BOOKMARK")) {
        read(json.get("object"), cluster, record, to);
      }
      return;
    }
    if (json.path("items").isArray()) {
      for (JsonNode item : json.get("items")) {
        // Items of a PodList have no kind of their own.
        to.addAll(PodForm.read(item, cluster, allowed, record.timestamp()));
      }
      return;
    }
    String kind = json.path("kind").asText("");
    if (!kind.equals("Pod")) {
      throw new BadEntryException(
          kind.isEmpty()
              ? "neither schemaVersion nor kind is there"
              : "the kind must be Pod, not " + kind);
    }
    to.addAll(PodForm.read(json, cluster, allowed, record.timestamp()));
  }
}
