package io.waybill.gateway.graphql.failure;

import graphql.ErrorType;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.introspection.GoodFaithIntrospection.BadFaithIntrospectionError;
import graphql.language.Document;
import graphql.validation.ValidationError;

import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Gives the engine's own errors the form of all others. An argument that is missing or has the
 * wrong type becomes BAD_USER_INPUT with the argument as field, whether it stands in the document
 * or in a variable.
 */
public final class ErrorShapes {

    /** The most errors that one answer holds. */
    private static final int MOST = 20;

    private ErrorShapes() {}

    /**
     * The result with all its errors in the one form.
     *
     * @param document what was executed
     */
    public static ExecutionResult shaped(ExecutionResult result, @Nullable Document document) {
        return shaped(result, document, null);
    }

    /**
     * The result with all its errors in the one form.
     *
     * @param document what was executed
     * @param values what it was executed with
     */
    public static ExecutionResult shaped(
            ExecutionResult result, @Nullable Document document, @Nullable VariableValues values) {
        if (result.getErrors().isEmpty()) {
            return result;
        }
        return result.transform(
                builder -> builder.errors(shaped(result.getErrors(), document, values)));
    }

    /**
     * Errors in the one form.
     *
     * @param document what they are about, when it could be read
     */
    public static List<GraphQLError> shaped(
            List<GraphQLError> errors, @Nullable Document document) {
        return shaped(errors, document, null);
    }

    private static List<GraphQLError> shaped(
            List<GraphQLError> errors,
            @Nullable Document document,
            @Nullable VariableValues values) {
        return errors.stream().limit(MOST).map(error -> shaped(error, document, values)).toList();
    }

    private static GraphQLError shaped(
            GraphQLError error, @Nullable Document document, @Nullable VariableValues values) {
        if (error instanceof ClientError) {
            return error;
        }
        String message = String.valueOf(error.getMessage());
        WaybillException failure =
                switch (error) {
                    case ValidationError invalid -> Wording.read(message, document);
                    case BadFaithIntrospectionError curious ->
                            new WaybillException(
                                    ErrorCode.BAD_USER_INPUT,
                                    "the document asks for the schema more deeply or more often"
                                            + " than is answered");
                    case GraphQLError absent
                            when absent.getErrorType() == ErrorType.NullValueInNonNullableField ->
                            new WaybillException(
                                    ErrorCode.INTERNAL, "a value that is always there is missing");
                    case GraphQLError other -> VariableFaults.read(message, document, values);
                };
        return ClientError.of(failure, error.getLocations(), error.getPath());
    }
}
