package io.oomstream.event.rule;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads live rules as strictly as their schema. {@link Rule} checks its values; this class turns
 * Jackson's errors into one line that names the field.
 */
public final class RuleJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              texts ->
                  texts
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .addModule(new SimpleModule().addDeserializer(Instant.class, new TimeDeserializer()))
          .build();

  private RuleJson() {}

  /**
   * Reads a rule.
   *
   * @throws RuleFormatException if it is not a valid rule
   */
  public static Rule parse(byte[] json) throws RuleFormatException {
    try (JsonParser parser = new WithoutNulls(MAPPER.createParser(json))) {
      Rule rule = MAPPER.readValue(parser, Rule.class);
      if (rule == null) {
        throw new RuleFormatException("the rule is not one JSON object");
      }
      rule.check();
      return rule;
    } catch (IOException e) {
      throw new RuleFormatException(reason(e));
    }
  }

  private static String reason(IOException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof NullException nothing) {
        return nothing.getOriginalMessage();
      }
      if (t instanceof StreamReadException syntax && !(t instanceof InputCoercionException)) {
        return "not JSON: " + syntax.getOriginalMessage();
      }
    }
    if (!(e instanceof JsonMappingException mapping)) {
      return "not JSON: " + e.getMessage();
    }
    List<JsonMappingException.Reference> path = mapping.getPath();
    String field = lastName(path, path.size());
    if (mapping instanceof UnrecognizedPropertyException unknown) {
      String parent = orRule(lastName(path, path.size() - 1));
      return "unknown field \"" + unknown.getPropertyName() + "\" in " + parent;
    }
    if (mapping.getCause() instanceof InputCoercionException) {
      return field + " must be a whole number from 1, and is too large";
    }
    if (field != null && mapping instanceof MismatchedInputException mismatch) {
      return wanted(field, mismatch.getTargetType()) + given(mapping);
    }
    return orRule(field) + " is not one JSON object";
  }

  private static String wanted(String field, Class<?> type) {
    if (type == Integer.class || type == Long.class || type == long.class) {
      return field + " must be a whole number from 1";
    }
    if (type == Double.class) {
      return field + Rule.SHARE;
    }
    if (type == Boolean.class) {
      return field + " must be true or false";
    }
    if (type == Instant.class) {
      return field + " must be a time as in 2026-01-31T12:00:00Z";
    }
    if (type == String.class) {
      return field + Rule.TEXTS;
    }
    if (type.isEnum()) {
      return "match." + field + " must be names of signals";
    }
    return field + (List.class.isAssignableFrom(type) ? Rule.LIST : " is not one JSON object");
  }

  private static String given(JsonMappingException e) {
    return e instanceof InvalidFormatException invalid && invalid.getValue() instanceof String text
        ? ", not \"" + text + "\""
        : "";
  }

  private static String orRule(@Nullable String field) {
    return field == null ? "the rule" : field;
  }

  /** The innermost field's name: items of a list have none. */
  private static @Nullable String lastName(List<JsonMappingException.Reference> path, int end) {
    for (int i = end - 1; i >= 0; i--) {
      if (path.get(i).getFieldName() != null) {
        return path.get(i).getFieldName();
      }
    }
    return null;
  }

  /** The schema allows no null: a field is either given or left out. */
  private static final class WithoutNulls extends JsonParserDelegate {

    WithoutNulls(JsonParser parser) {
      super(parser);
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
      JsonToken token = super.nextToken();
      if (token == JsonToken.VALUE_NULL) {
        throw new NullException(this);
      }
      return token;
    }
  }

  private static final class NullException extends JsonParseException {
    private static final long serialVersionUID = 1L;

    NullException(JsonParser parser) {
      super(parser, "null at " + parser.getParsingContext().pathAsPointer() + ": leave it out");
    }
  }

  /** Through milliseconds: a time that does not fit in them can't be the time of an event. */
  private static final class TimeDeserializer extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    TimeDeserializer() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        throw MismatchedInputException.from(parser, Instant.class, "not a text");
      }
      String text = parser.getText();
      try {
        return Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli());
      } catch (DateTimeParseException | ArithmeticException e) {
        throw context.weirdStringException(text, Instant.class, "no time");
      }
    }
  }
}
