package io.waybill.catalogue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;

import io.waybill.proto.catalogue.v1.OptionsProto;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the JSON of a command more strictly than protobuf's own reader, which takes comments,
 * single quotes, what follows the closing brace, the last of several values, and a number for a
 * text. Fields that the command ignores are left out, whatever they hold.
 */
final class StrictJson {

    private static final int MOST_LEVELS = 20;
    private static final int MOST_NAME = 60;
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,10}");

    private static final long LARGEST_INT = 0xffff_ffffL;

    private final JsonReader json;
    private final CommandType type;
    private final Set<FieldDescriptor> unknown;
    private final List<Violation> violations;

    private StrictJson(
            JsonReader json,
            CommandType type,
            Set<FieldDescriptor> unknown,
            List<Violation> violations) {
        this.json = json;
        this.type = type;
        this.unknown = unknown;
        this.violations = violations;
    }

    /**
     * The JSON object that a text is, each field under the name that it has in the command's
     * message.
     *
     * @param unknown fields of the command that are refused like those that it does not have
     * @param violations takes the numbers that no field of theirs can hold, which are then left out
     * @throws IOException when it is not as it should be; the message names the field where one is
     *     known
     */
    static JsonObject read(
            String text, CommandType type, Set<FieldDescriptor> unknown, List<Violation> violations)
            throws IOException {
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            json.setStrictness(Strictness.STRICT);
            if (json.peek() != JsonToken.BEGIN_OBJECT) {
                throw new Refused("it is no object");
            }
            JsonObject object =
                    new StrictJson(json, type, unknown, violations).object(type.message(), "", 1);
            if (followed(json)) {
                throw new Refused("something follows the closing brace");
            }
            return object;
        } catch (EOFException e) {
            throw new Refused("it ends in the middle");
        } catch (MalformedJsonException e) {
            // Gson's sentences speak to programmers; where it stopped is what helps.
            String sentence = String.valueOf(e.getMessage());
            int where = sentence.lastIndexOf(" at line ");
            throw new Refused("it is malformed" + (where < 0 ? "" : sentence.substring(where)));
        }
    }

    /** What is wrong, in words for a person. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        private final String field;

        Refused(String sentence) {
            super(sentence);
            this.field = "";
        }

        Refused(String field, String rule) {
            this(field + " " + rule, Optional.of(field));
        }

        private Refused(String sentence, Optional<String> field) {
            super(sentence);
            this.field = field.orElse("");
        }

        static Refused unknown(String field) {
            return new Refused("there is no field " + field, Optional.of(field));
        }

        /** The field at fault by its path, or empty. */
        String field() {
            return field;
        }
    }

    private static boolean followed(JsonReader json) throws IOException {
        try {
            return json.peek() != JsonToken.END_DOCUMENT;
        } catch (MalformedJsonException e) {
            return true;
        }
    }

    private JsonObject object(@Nullable Descriptor message, String path, int level)
            throws IOException {
        JsonObject object = new JsonObject();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            String at = path + shortened(name);
            FieldDescriptor field = message == null ? null : known(message, name);
            if (field == null && message != null && isOwn(message)) {
                throw Refused.unknown(at);
            } else if (field != null && type.ignoredFields().contains(field)) {
                json.skipValue();
                continue;
            }
            String key = field == null ? name : field.getName();
            if (object.has(key)) {
                throw new Refused(at, "is given twice");
            }
            object.add(key, value(at, field, level));
        }
        json.endObject();
        return object;
    }

    private JsonElement value(String path, @Nullable FieldDescriptor field, int level)
            throws IOException {
        if (level > MOST_LEVELS) {
            throw new Refused("it is nested too deeply");
        }
        JsonToken token = json.peek();
        check(path, field, token);
        return switch (token) {
            case BEGIN_OBJECT -> object(nested(field), path + ".", level + 1);
            case BEGIN_ARRAY -> array(path, field, level + 1);
            case STRING -> new JsonPrimitive(json.nextString());
            case NUMBER -> number(path, field);
            case BOOLEAN -> new JsonPrimitive(json.nextBoolean());
            case NULL -> {
                json.nextNull();
                yield JsonNull.INSTANCE;
            }
            case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT ->
                    throw new Refused(path, "has no value");
        };
    }

    /** Whether a value is of the kind that its field holds. */
    private static void check(String path, @Nullable FieldDescriptor field, JsonToken token)
            throws Refused {
        if (field == null || token == JsonToken.NULL) {
            return;
        }
        boolean text = token == JsonToken.STRING;
        boolean number = token == JsonToken.NUMBER;
        if (field.isRepeated()) {
            require(token == JsonToken.BEGIN_ARRAY, path, "must be a list in square brackets");
        } else if (isAmount(field)) {
            require(text || number, path, "must be a number, or one in double quotes");
        } else if (isText(field)) {
            require(text, path, "must be a text in double quotes");
        } else if (isWhole(field)) {
            require(number, path, "must be a whole number");
        } else if (field.getJavaType() == JavaType.BOOLEAN) {
            require(token == JsonToken.BOOLEAN, path, "must be true or false");
        } else if (nested(field) != null && isOwn(field.getMessageType())) {
            require(token == JsonToken.BEGIN_OBJECT, path, "must be an object in braces");
        }
    }

    private static void require(boolean holds, String path, String rule) throws Refused {
        if (!holds) {
            throw new Refused(path, rule);
        }
    }

    /** A number as it is written: an amount never becomes a floating-point number. */
    private JsonElement number(String path, @Nullable FieldDescriptor field) throws IOException {
        String literal = json.nextString();
        if (field != null && isAmount(field)) {
            return new JsonPrimitive(literal);
        }
        if (field != null && isWhole(field) && !fits(literal, field)) {
            violations.add(
                    new Violation(
                            path,
                            "%s, but is %s"
                                    .formatted(
                                            FieldRule.Number.allowed(field), shortened(literal))));
            return JsonNull.INSTANCE;
        }
        return new JsonPrimitive(new BigDecimal(literal));
    }

    private static boolean fits(String literal, FieldDescriptor field) {
        return WHOLE.matcher(literal).matches()
                && (field.getJavaType() == JavaType.LONG || Long.parseLong(literal) <= LARGEST_INT);
    }

    private JsonArray array(String path, @Nullable FieldDescriptor field, int level)
            throws IOException {
        JsonArray array = new JsonArray();
        boolean messages = field != null && field.getJavaType() == JavaType.MESSAGE;
        json.beginArray();
        while (json.hasNext()) {
            String at = "%s[%d]".formatted(path, array.size());
            if (messages && json.peek() != JsonToken.BEGIN_OBJECT) {
                throw new Refused(at, "must be an object in braces");
            }
            array.add(element(at, messages ? field : null, level));
        }
        json.endArray();
        return array;
    }

    private JsonElement element(String path, @Nullable FieldDescriptor field, int level)
            throws IOException {
        return field == null
                ? value(path, null, level)
                : object(nested(field), path + ".", level + 1);
    }

    private static boolean isAmount(FieldDescriptor field) {
        return field.getOptions().getExtension(OptionsProto.rules).hasAmount();
    }

    private static boolean isWhole(FieldDescriptor field) {
        return field.getJavaType() == JavaType.INT || field.getJavaType() == JavaType.LONG;
    }

    private static boolean isOwn(Descriptor message) {
        return message.getFile().getPackage().startsWith("waybill.");
    }

    /** Names may be anything; a long one is not repeated whole. */
    private static String shortened(String name) {
        String line = name.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= MOST_NAME ? line : line.substring(0, MOST_NAME) + "...";
    }

    private static boolean isText(FieldDescriptor field) {
        return field.getJavaType() == JavaType.STRING;
    }

    private static @Nullable Descriptor nested(@Nullable FieldDescriptor field) {
        return field != null && field.getJavaType() == JavaType.MESSAGE && !field.isMapField()
                ? field.getMessageType()
                : null;
    }

    private @Nullable FieldDescriptor known(Descriptor message, String name) {
        for (FieldDescriptor field : message.getFields()) {
            if (field.getName().equals(name) || field.getJsonName().equals(name)) {
                return unknown.contains(field) ? null : field;
            }
        }
        return null;
    }
}
