package io.waybill.wire.identity;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;

import io.waybill.wire.failure.Reason;

import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The users that {@code principals.json} names. Tokens and passwords are kept as their SHA-256
 * only; a token is looked up by it, so that the time it takes says nothing of the tokens there are.
 * Immutable.
 */
final class Principals {

    static final String FILE = "principals.json";

    private static final Secret NOBODY = Secret.random();
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]+");
    private static final int MOST_CHARACTERS = 100;

    private final Map<ByteBuffer, Principal> byToken = new HashMap<>();
    private final Map<String, Secret> passwords = new HashMap<>();
    private final Map<String, Principal> byName = new HashMap<>();

    private Principals() {}

    /** Reads the file; a missing one names nobody. */
    static Principals read(Path file) {
        Principals principals = new Principals();
        if (!Files.exists(file)) {
            return principals;
        }
        try (Reader text = Files.newBufferedReader(file);
                JsonReader json = new JsonReader(text)) {
            SecretFolder.warnIfOpenToOthers(file);
            json.setStrictness(Strictness.STRICT);
            principals.readAll(json);
        } catch (MalformedJsonException
                | EOFException
                | CharacterCodingException
                | JsonParseException
                | IllegalStateException e) {
            throw wrong(
                    file,
                    "it is not JSON of the form {\"ada\": {\"token\": \"...\"}}: " + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + Reason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw wrong(file, String.valueOf(e.getMessage()), e);
        }
        return principals;
    }

    Optional<Principal> byToken(String token) {
        return Optional.ofNullable(byToken.get(ByteBuffer.wrap(Secret.digest(token))));
    }

    Optional<Principal> byPassword(String user, String password) {
        boolean right = passwords.getOrDefault(user, NOBODY).is(password);
        return right ? Optional.ofNullable(byName.get(user)) : Optional.empty();
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    private void readAll(JsonReader json) throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            checkName(name);
            Principal principal = new Principal(name);
            if (byName.put(name, principal) != null) {
                throw new IllegalArgumentException("it names '" + name + "' twice");
            }
            readOne(json, principal);
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw new IllegalArgumentException("something follows the closing brace");
        }
    }

    private void readOne(JsonReader json, Principal principal) throws IOException {
        String name = principal.name();
        Set<String> fields = new HashSet<>();
        json.beginObject();
        while (json.hasNext()) {
            String field = json.nextName();
            String value = json.peek() == JsonToken.STRING ? json.nextString() : "";
            if (value.isEmpty()) {
                throw new IllegalArgumentException(
                        "the " + field + " of '" + name + "' must be a text that is not empty");
            }
            if (!fields.add(field)) {
                throw new IllegalArgumentException("'" + name + "' has two fields " + field);
            }
            switch (field) {
                case "token" -> addToken(principal, value);
                case "password" -> passwords.put(name, Secret.of(value));
                default ->
                        throw new IllegalArgumentException(
                                "'%s' has a field '%s'; known are token and password"
                                        .formatted(name, field));
            }
        }
        json.endObject();
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' has neither a token nor a password");
        }
    }

    private void addToken(Principal principal, String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "the token of '%s' may have letters, digits and . _ ~ + / = - only"
                            .formatted(principal.name()));
        }
        Principal other = byToken.put(ByteBuffer.wrap(Secret.digest(token)), principal);
        if (other != null) {
            throw new IllegalArgumentException(
                    "'%s' and '%s' have the same token".formatted(other.name(), principal.name()));
        }
    }

    private static void checkName(String name) {
        String rule = null;
        if (name.equals(Principal.ANONYMOUS.name())) {
            rule = "is the name of whoever gives no credentials";
        } else if (name.equals(Principal.SAGA.name())) {
            rule = "is the name under which Waybill itself sends commands";
        } else if (name.startsWith("role:")) {
            rule = "begins with role:, as only Waybill's own roles do";
        } else if (name.isBlank() || !name.equals(name.strip())) {
            rule = "must not be blank, nor begin or end with white space";
        } else if (name.indexOf('/') >= 0) {
            rule = "must not contain a slash";
        } else if (name.codePoints().anyMatch(Principals::isNoCharacter)) {
            rule = "must not contain control characters or halves of surrogate pairs";
        } else if (name.codePointCount(0, name.length()) > MOST_CHARACTERS) {
            rule = "must have at most " + MOST_CHARACTERS + " characters";
        }
        if (rule != null) {
            throw new IllegalArgumentException("the name '" + printable(name) + "' " + rule);
        }
    }

    private static boolean isNoCharacter(int codePoint) {
        return Character.isISOControl(codePoint)
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    private static String printable(String name) {
        String shown = name.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        return shown.length() <= MOST_CHARACTERS
                ? shown
                : shown.substring(0, MOST_CHARACTERS) + "...";
    }

    private static IllegalArgumentException wrong(Path file, String sentence, Exception cause) {
        return new IllegalArgumentException(file + " is not as it should be: " + sentence, cause);
    }
}
