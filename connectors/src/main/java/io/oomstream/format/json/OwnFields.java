package io.oomstream.format.json;

import io.oomstream.bytes.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the field names from the options while reading. */
public final class OwnFields {

  private record Own(byte[] path, JsonField field) {}

  private final List<Own> all = new ArrayList<>();

  public OwnFields(FieldNames names) {
    Map<FieldNames.Role, JsonField> fields =
        Map.of(
            FieldNames.Role.MESSAGE, JsonField.OWN_MESSAGE,
            FieldNames.Role.HOST, JsonField.OWN_HOST,
            FieldNames.Role.TIME, JsonField.OWN_TIME,
            FieldNames.Role.FACILITY, JsonField.OWN_FACILITY,
            FieldNames.Role.LEVEL, JsonField.OWN_LEVEL,
            FieldNames.Role.SEQUENCE, JsonField.OWN_SEQUENCE,
            FieldNames.Role.BOOT_ID, JsonField.OWN_BOOT_ID,
            FieldNames.Role.KERNEL_TIME, JsonField.OWN_KERNEL_TIME);
    names
        .paths()
        .forEach(
            (role, path) ->
                all.add(
                    new Own(
                        path.getBytes(StandardCharsets.UTF_8),
                        fields.getOrDefault(role, JsonField.OWN_MESSAGE))));
  }

  /** Null for any other name. */
  @Nullable JsonField of(byte[] text, int start, int end) {
    for (int i = 0; i < all.size(); i++) {
      Own own = all.get(i);
      if (own.path.length == end - start && Ascii.startsWith(text, start, end, own.path)) {
        return own.field;
      }
    }
    return null;
  }
}
