package io.waybill.gateway.graphql.execution;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.execution.ExecutionId;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.schema.GraphQLSchema;

import io.waybill.gateway.graphql.failure.ClientError;
import io.waybill.gateway.graphql.failure.ErrorShapes;
import io.waybill.gateway.graphql.failure.FieldFailures;
import io.waybill.gateway.graphql.failure.VariableValues;
import io.waybill.gateway.graphql.failure.Wording;
import io.waybill.gateway.graphql.field.Asker;
import io.waybill.gateway.graphql.field.Fields;
import io.waybill.gateway.graphql.limit.DocumentLimits;
import io.waybill.gateway.graphql.limit.Documents;
import io.waybill.gateway.graphql.limit.Prepared;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.springframework.graphql.execution.GraphQlSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Executes requests. Safe for use by many threads; futures complete on whichever thread brings the
 * last value.
 */
public final class GraphQlExecution {

    /** One id for all: nothing is traced by it, and making unique ones costs more than it gives. */
    private static final ExecutionId ID = ExecutionId.from("request");

    private final GraphQL engine;
    private final GraphQLSchema schema;
    private final Documents documents;
    private final Fields fields;
    private final Duration limit;
    private final Duration longestWait;

    /**
     * Executes requests against a schema whose fields are wired.
     *
     * @param limit how long a request may take
     * @param longestWait how much longer one that waits for a command's outcome
     */
    public GraphQlExecution(
            GraphQlSource source, Fields fields, Duration limit, Duration longestWait) {
        this.schema = source.schema();
        this.documents = new Documents(schema, DocumentLimits.STANDARD);
        this.engine =
                source.graphQl()
                        .transform(
                                engine ->
                                        engine.preparsedDocumentProvider(
                                                (input, parse) -> prepared(input)));
        this.fields = fields;
        this.limit = limit;
        this.longestWait = longestWait;
    }

    /**
     * Executes a request. The future never fails. A subscription's result holds a publisher of
     * results as its data; each of those goes through {@link #shaped} before a client sees it.
     */
    public CompletableFuture<ExecutionResult> execute(GraphQlRequest request, Asker asker) {
        return switch (documents.prepare(request.query())) {
            case Prepared.Refused refused ->
                    CompletableFuture.completedFuture(refusal(refused.errors()));
            case Prepared.Valid valid -> {
                Optional<GraphQLError> refusal = documents.refusal(valid, request.variables());
                yield refusal.isPresent()
                        ? CompletableFuture.completedFuture(refusal(List.of(refusal.get())))
                        : run(request, asker, valid);
            }
        };
    }

    /** Whether a request is a mutation; one that is refused is none. */
    public boolean mutates(GraphQlRequest request) {
        return documents.prepare(request.query()) instanceof Prepared.Valid valid
                && valid.mutates(request.operationName());
    }

    /** A result of a subscription's stream, with its errors in the one form. */
    public static ExecutionResult shaped(ExecutionResult next) {
        return ErrorShapes.shaped(next, null);
    }

    private CompletableFuture<ExecutionResult> run(
            GraphQlRequest request, Asker asker, Prepared.Valid document) {
        ExecutionInput.Builder input =
                ExecutionInput.newExecutionInput(request.query())
                        .operationName(request.operationName())
                        .variables(request.variables())
                        .executionId(ID)
                        .locale(Wording.PLAIN)
                        .graphQLContext(Map.of(Asker.class, asker, Prepared.class, document));
        if (document.asksFor(Fields.SINGLE_READS)) {
            input.dataLoaderRegistry(fields.batches(asker.principal(), document.lasts()));
        }
        ExecutionInput running = input.build();
        Duration allowed = document.waits() ? limit.plus(longestWait) : limit;
        CompletableFuture<ExecutionResult> result;
        try {
            result = engine.executeAsync(running);
        } catch (RuntimeException e) {
            result = CompletableFuture.failedFuture(e);
        }
        if (!result.isDone()) {
            result = result.orTimeout(allowed.toMillis(), TimeUnit.MILLISECONDS);
        }
        return result.handle(
                (done, failure) -> {
                    if (failure == null) {
                        return ErrorShapes.shaped(
                                done,
                                document.document(),
                                new VariableValues(
                                        schema, request.operationName(), request.variables()));
                    }
                    running.cancel();
                    return refusal(List.of(ClientError.of(known(failure, allowed))));
                });
    }

    private static CompletableFuture<PreparsedDocumentEntry> prepared(ExecutionInput input) {
        Prepared document = input.getGraphQLContext().get(Prepared.class);
        return document == null
                ? CompletableFuture.failedFuture(
                        new IllegalStateException("a request whose document was not prepared"))
                : CompletableFuture.completedFuture(document.entry());
    }

    private static WaybillException known(Throwable failure, Duration allowed) {
        return failure instanceof TimeoutException
                ? new WaybillException(
                        ErrorCode.TIMEOUT,
                        "the request took longer than the %d s it may take; a mutation in it may have been accepted all the same: send it again with the same idempotencyKey"
                                .formatted(allowed.toSeconds()))
                : FieldFailures.known(failure);
    }

    private static ExecutionResult refusal(List<GraphQLError> errors) {
        return ExecutionResult.newExecutionResult().errors(errors).build();
    }
}
