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

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;

/**
 * Reads the JSON of a command more strictly than protobuf's own reader, which takes comments,
 * single quotes, what follows the closing brace, the last of several values, and a number for a
 * text. Fields that the command ignores are left out, whatever they hold.
 */
final class StrictJson {

    private static final int MOST_LEVELS = 20;

    private final JsonReader json;
    private final CommandType type;

    private StrictJson(JsonReader json, CommandType type) {
        this.json = json;
        this.type = type;
    }

    /**
     * The JSON object that a text is.
     *
     * @throws IOException when it is not as it should be; the message names the field where one is
     *     known
     */
    static JsonObject read(String text, CommandType type) throws IOException {
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            json.setStrictness(Strictness.STRICT);
            if (json.peek() != JsonToken.BEGIN_OBJECT) {
                throw new Refused("it is no object");
            }
            JsonObject object = new StrictJson(json, type).object(type.message(), 1);
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
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String sentence) {
            super(sentence);
        }
    }

    private static boolean followed(JsonReader json) throws IOException {
        try {
            return json.peek() != JsonToken.END_DOCUMENT;
        } catch (MalformedJsonException e) {
            return true;
        }
    }

    private JsonObject object(@Nullable Descriptor message, int level) throws IOException {
        JsonObject object = new JsonObject();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            FieldDescriptor field = message == null ? null : field(message, name);
            if (message != null && field == null) {
                throw new Refused("there is no field " + name);
            } else if (field != null && type.ignoredFields().contains(field)) {
                json.skipValue();
            } else if (object.has(name)) {
                throw new Refused(name + " is given twice");
            } else {
                object.add(name, value(name, field, level));
            }
        }
        json.endObject();
        return object;
    }

    private JsonElement value(String name, @Nullable FieldDescriptor field, int level)
            throws IOException {
        if (level > MOST_LEVELS) {
            throw new Refused("it is nested too deeply");
        }
        JsonToken token = json.peek();
        if (isText(field) && token != JsonToken.STRING && token != JsonToken.NULL) {
            throw new Refused(name + " must be a text in double quotes");
        }
        return switch (token) {
            case BEGIN_OBJECT -> object(nested(field), level + 1);
            case BEGIN_ARRAY -> array(name, field, level + 1);
            case STRING -> new JsonPrimitive(json.nextString());
            case NUMBER -> new JsonPrimitive(new BigDecimal(json.nextString()));
            case BOOLEAN -> new JsonPrimitive(json.nextBoolean());
            case NULL -> {
                json.nextNull();
                yield JsonNull.INSTANCE;
            }
            case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT ->
                    throw new Refused(name + " has no value");
        };
    }

    private JsonArray array(String name, @Nullable FieldDescriptor field, int level)
            throws IOException {
        JsonArray array = new JsonArray();
        json.beginArray();
        while (json.hasNext()) {
            array.add(
                    value(
                            name,
                            field != null && field.getJavaType() == JavaType.MESSAGE ? field : null,
                            level));
        }
        json.endArray();
        return array;
    }

    private static boolean isText(@Nullable FieldDescriptor field) {
        return field != null && field.getJavaType() == JavaType.STRING && !field.isRepeated();
    }

    private static @Nullable Descriptor nested(@Nullable FieldDescriptor field) {
        return field != null && field.getJavaType() == JavaType.MESSAGE && !field.isMapField()
                ? field.getMessageType()
                : null;
    }

    private static @Nullable FieldDescriptor field(Descriptor message, String name) {
        for (FieldDescriptor field : message.getFields()) {
            if (field.getName().equals(name) || field.getJsonName().equals(name)) {
                return field;
            }
        }
        return null;
    }
}
