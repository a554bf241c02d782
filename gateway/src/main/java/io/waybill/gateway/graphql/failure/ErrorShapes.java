package io.waybill.gateway.graphql.failure;

import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.language.Document;
import graphql.schema.CoercingParseValueException;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;

import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives the engine's own errors the form of all others. An argument that is missing or has the
 * wrong type becomes BAD_USER_INPUT with the argument as field, whether it stands in the document
 * or in a variable.
 */
public final class ErrorShapes {

    /** The most errors that one answer holds. */
    private static final int MOST = 20;

    private static final Pattern VALIDATION_PREFIX =
            Pattern.compile("^Validation error ?\\([^)]*\\) ?: ", Pattern.CASE_INSENSITIVE);
    private static final Pattern ARGUMENT = Pattern.compile("argument '([_A-Za-z0-9]{1,100})'");
    private static final Pattern WRONG_TYPE = Pattern.compile("is not a valid '([^']{1,100})'");
    private static final Pattern VARIABLE = Pattern.compile("[Vv]ariable '([_A-Za-z0-9]{1,100})");
    private static final String EXPECTED = "Expected ";

    private ErrorShapes() {}

    /**
     * The result with all its errors in the one form.
     *
     * @param document what was executed, when it was valid
     */
    public static ExecutionResult shaped(ExecutionResult result, @Nullable Document document) {
        if (result.getErrors().isEmpty()) {
            return result;
        }
        return result.transform(builder -> builder.errors(shaped(result.getErrors(), document)));
    }

    /** Errors in the one form. */
    public static List<GraphQLError> shaped(
            List<GraphQLError> errors, @Nullable Document document) {
        return errors.stream().limit(MOST).map(error -> shaped(error, document)).toList();
    }

    private static GraphQLError shaped(GraphQLError error, @Nullable Document document) {
        if (error instanceof ClientError) {
            return error;
        }
        WaybillException failure =
                switch (error) {
                    case ValidationError invalid -> ofDocument(invalid);
                    case CoercingParseValueException wrong -> ofVariable(wrong, document);
                    case GraphQLError other -> ofRequest(other, document);
                };
        return ClientError.of(failure, error.getLocations(), error.getPath());
    }

    private static WaybillException ofDocument(ValidationError error) {
        String message = VALIDATION_PREFIX.matcher(error.getMessage()).replaceFirst("");
        Optional<String> argument = first(ARGUMENT, message);
        if (argument.isEmpty()) {
            return bad(message);
        }
        String field = argument.get();
        if (error.getValidationErrorType() == ValidationErrorType.MissingFieldArgument) {
            return WaybillException.badInput(field, field + " is missing");
        }
        return first(WRONG_TYPE, message)
                .map(type -> WaybillException.badInput(field, field + " must be of type " + type))
                .orElseGet(() -> WaybillException.badInput(field, message));
    }

    private static WaybillException ofVariable(
            CoercingParseValueException error, @Nullable Document document) {
        String message = String.valueOf(error.getMessage());
        int expected = message.indexOf(EXPECTED);
        return of(
                message, document, expected < 0 ? "" : ": " + lowered(message.substring(expected)));
    }

    private static WaybillException ofRequest(GraphQLError error, @Nullable Document document) {
        String message = String.valueOf(error.getMessage());
        if (error.getErrorType() == ErrorType.NullValueInNonNullableField) {
            return new WaybillException(
                    ErrorCode.INTERNAL, "a value that is always there is missing");
        }
        return of(message, document, "");
    }

    private static WaybillException of(String message, @Nullable Document document, String detail) {
        Optional<String> variable = first(VARIABLE, message);
        if (variable.isEmpty() || document == null) {
            return bad(message);
        }
        String field = VariableUse.argument(document, variable.get()).orElse(variable.get());
        return message.contains("coerced Null")
                ? WaybillException.badInput(field, field + " is missing")
                : WaybillException.badInput(field, field + " has the wrong type" + detail);
    }

    private static WaybillException bad(String message) {
        return new WaybillException(ErrorCode.BAD_USER_INPUT, message);
    }

    private static String lowered(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
