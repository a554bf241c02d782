package io.waybill.gateway.rest;

import io.waybill.catalogue.Reading;
import io.waybill.gateway.follow.CommandStatus;
import io.waybill.gateway.submission.BrokenRule;
import io.waybill.gateway.submission.NotFound;
import io.waybill.gateway.web.Problem;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A request that is answered with a problem. */
final class RefusedRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int MOST_ERRORS = 20;

    private final transient Problem problem;
    private final transient Optional<Duration> retryAfter;
    private final transient List<String> allowed;

    private RefusedRequest(Problem problem, Optional<Duration> retryAfter) {
        this(problem, retryAfter, List.of());
    }

    private RefusedRequest(
            Problem problem, Optional<Duration> retryAfter, Collection<String> allowed) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
        this.allowed = List.copyOf(allowed);
    }

    /** A request that is not as it should be, through no known field's fault. */
    static RefusedRequest of(int status, String title, String detail) {
        return new RefusedRequest(new Problem(status, title, detail), Optional.empty());
    }

    /** A method that is not among those of an address. */
    static RefusedRequest notAllowed(String method, Collection<String> allowed) {
        return new RefusedRequest(
                new Problem(
                        HttpStatus.METHOD_NOT_ALLOWED,
                        HttpStatus.title(HttpStatus.METHOD_NOT_ALLOWED),
                        "this address does not take %s but %s"
                                .formatted(method, String.join(", ", allowed))),
                Optional.empty(),
                allowed);
    }

    /** A parameter or header that is not as it should be. */
    static RefusedRequest malformed(String field, String detail) {
        return of(WaybillException.badInput(field, detail));
    }

    /** There is no such thing. */
    static RefusedRequest notFound(String what, String id) {
        return of(new WaybillException(ErrorCode.NOT_FOUND, NotFound.sentence(what, id)));
    }

    /** There is no such thing here yet. */
    static RefusedRequest notFoundYet(String what, String id) {
        return of(
                new WaybillException(ErrorCode.NOT_FOUND, NotFound.sentence(what, id))
                        .retryAfter(SOON));
    }

    /** There is no such thing and never will be: what was to make it came to nothing. */
    static RefusedRequest gone(String what, CommandStatus.Decided decided) {
        Outcome outcome = decided.outcome();
        return new RefusedRequest(
                new Problem(
                        HttpStatus.GONE,
                        HttpStatus.title(HttpStatus.GONE),
                        Sentences.gone(what, decided.aggregateId(), decided.commandId(), outcome),
                        code(outcome),
                        Sentences.field(outcome.getField()),
                        List.of()),
                Optional.empty());
    }

    /** Codes are a closed list; one that is none of it is of a later release. */
    private static ErrorCode code(Outcome outcome) {
        return Stream.of(ErrorCode.values())
                .filter(known -> known.name().equals(outcome.getCode()))
                .findFirst()
                .orElse(ErrorCode.INTERNAL);
    }

    /** A body that could not be read. */
    static RefusedRequest of(Reading.Undecodable unread) {
        WaybillException failure = new WaybillException(ErrorCode.BAD_USER_INPUT, unread.reason());
        return of(unread.field().isEmpty() ? failure : failure.at(unread.field()));
    }

    /** A command that breaks rules: each is named. */
    static RefusedRequest of(Reading.Invalid invalid) {
        List<Problem.Fault> faults =
                invalid.violations().stream()
                        .limit(MOST_ERRORS)
                        .map(broken -> new Problem.Fault(broken.field(), broken.sentence()))
                        .toList();
        return new RefusedRequest(
                new Problem(
                        HttpStatus.UNPROCESSABLE,
                        HttpStatus.title(HttpStatus.UNPROCESSABLE),
                        faults.size() == 1
                                ? faults.getFirst().detail()
                                : "%s, and %d more"
                                        .formatted(
                                                faults.getFirst().detail(),
                                                invalid.violations().size() - 1),
                        BrokenRule.code(invalid.violations().getFirst()),
                        faults.getFirst().field(),
                        faults),
                Optional.empty());
    }

    /** A failure with the status that its code has. */
    static RefusedRequest of(WaybillException failure) {
        int status = HttpStatus.of(failure.code());
        return new RefusedRequest(
                new Problem(
                        status,
                        HttpStatus.title(status),
                        Sentences.said(failure.sentence()),
                        failure.code(),
                        failure.field().map(Sentences::field).orElse(""),
                        List.of()),
                failure.retryAfter()
                        .or(
                                () ->
                                        HttpStatus.passes(status)
                                                ? Optional.of(SOON)
                                                : Optional.empty()));
    }

    Problem problem() {
        return problem;
    }

    /** The methods that an address takes, when that is what is wrong. */
    List<String> allowed() {
        return allowed;
    }

    /** When trying again may help. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
