package io.waybill.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.app.settings.HostPort;
import io.waybill.app.settings.OrderSettings;
import io.waybill.app.settings.Refusal;
import io.waybill.app.settings.UpSettings;
import io.waybill.wire.identity.Role;
import io.waybill.writer.saga.Pace;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.Step;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

class CommandLineTest {

    private final Properties properties = new Properties();

    @Test
    void without_options_everything_runs_here_on_the_usual_ports() {
        UpSettings settings = settings(Map.of());

        assertThat(settings.roles()).containsExactlyInAnyOrder(Role.values());
        assertThat(settings.data()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(settings.credentials())
                .isEqualTo(Path.of("data", "credentials").toAbsolutePath());
        assertThat(settings.delay()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.loopbackOnly()).isTrue();
        assertThat(settings.ports().http()).isEqualTo(8080);
        assertThat(settings.ports().mqtt()).isEqualTo(1883);
        assertThat(settings.ports().mqttWebSocket()).isEqualTo(1888);
        assertThat(settings.ports().database()).isEqualTo(8888);
        assertThat(settings.ports().reader()).isEqualTo(9998);
        assertThat(settings.ports().management()).isEqualTo(8081);
        assertThat(settings.readyFile()).isEmpty();
    }

    @Test
    void a_role_alone_looks_for_the_others_on_the_usual_ports() {
        UpSettings settings = settings(Map.of(), "--roles=writer");

        assertThat(settings.neighbours().broker()).isEqualTo(URI.create("mqtt://127.0.0.1:1883"));
        assertThat(settings.neighbours().database()).isEqualTo(new HostPort("127.0.0.1", 8888));
        assertThat(settings.neighbours().reader()).isEqualTo(new HostPort("127.0.0.1", 9998));
    }

    @Test
    void the_command_line_wins_over_the_property_and_the_property_over_the_variable() {
        Map<String, String> environment = Map.of("WAYBILL_HTTP_PORT", "1", "WAYBILL_DELAY", "1s");
        properties.setProperty("waybill.http-port", "2");

        assertThat(settings(environment).ports().http()).isEqualTo(2);
        assertThat(settings(environment).delay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings(environment, "--http-port=3").ports().http()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"3s,PT3S", "250ms,PT0.25S", "0,PT0S", "2m,PT2M", "PT1.5S,PT1.5S", "10,PT10S"})
    void a_delay_is_written_as_people_write_it(String given, Duration meant) {
        assertThat(settings(Map.of(), "--delay", given).delay()).isEqualTo(meant);
    }

    @Test
    void how_patient_a_saga_is_and_the_currency_are_settings_of_each_step() {
        OrderSettings usual = settings(Map.of()).orders();
        OrderSettings other =
                settings(
                                Map.of("WAYBILL_STEP_PAUSES", "REVIEW=250ms,TAKE_ITEMS=2m"),
                                "--step-deadlines=debit_payment=10s, TAKE_ITEMS=5m",
                                "--manual-review=60m",
                                "--currency=chf")
                        .orders();

        assertThat(usual).isEqualTo(OrderSettings.usual());
        assertThat(other.currency().getCurrencyCode()).isEqualTo("CHF");
        assertThat(other.saga())
                .isEqualTo(
                        SagaSettings.usual()
                                .withManualReview(Duration.ofHours(1))
                                .with(Step.DEBIT_PAYMENT, pace(10_000, 1_000, 60_000))
                                .with(Step.REVIEW, pace(30_000, 250, 60_000))
                                .with(Step.TAKE_ITEMS, pace(300_000, 120_000, 120_000)));
    }

    private static Pace pace(long deadline, long first, long longest) {
        return new Pace(
                Duration.ofMillis(deadline), Duration.ofMillis(first), Duration.ofMillis(longest));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--step-deadlines=PAY=1s|--step-deadlines: 'PAY' is not a step; there are AUTHORIZE_CUSTOMER, RESERVE_ITEMS,",
                "--step-deadlines=REVIEW|'REVIEW' is not a step and a time, such as DEBIT_PAYMENT=10s.",
                "--step-pauses=REVIEW=0|'0' is not longer than nothing.",
                "--manual-review=soon|--manual-review: 'soon' is not a duration",
                "--http-prt=1|there is no option --http-prt. Did you mean --http-port?",
                "--http-port=http|--http-port: 'http' is not a port: a number from 0",
                "--http-port=65536|'65536' is not a port",
                "--roles=writr|'writr' is not a role; there are broker, database, gateway, reader, writer. Did you mean writer?",
                "--delay=soon|--delay: 'soon' is not a duration, such as 3s, 250ms or 0.",
                "--delay=2h|'2h' is not a duration",
                "--delay=61m|'61m' is not between 0 and one hour.",
                "--delay=PT-1S|'PT-1S' is not a duration",
                "--broker=http://x:1|'http://x:1' is not the address of a broker, mqtt://host:port.",
                "--reader=x|'x' is not an address, host:port.",
                "--data|--data needs a value.",
                "--currency=EUX|--currency: 'EUX' is not a currency of ISO 4217, such as EUR.",
                "--currency=XXX|'XXX' is not a currency",
                "--currency=euro|'euro' is not a currency",
                "down|'down' is not expected here."
            })
    void a_wrong_option_ends_with_2_and_a_sentence(String given, String sentence) {
        Said said = run(Map.of(), "up", given);

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err())
                .startsWith("waybill: ")
                .contains(sentence)
                .contains("Try 'waybill up --help'.")
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
    }

    @Test
    void a_wrong_variable_is_named() {
        Said said = run(Map.of("WAYBILL_MQTT_PORT", "many"), "up");

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err())
                .contains("--mqtt-port (from WAYBILL_MQTT_PORT): 'many' is not a port");
        properties.setProperty("waybill.currency", "gold");
        assertThat(run(Map.of(), "up").exitCode()).isEqualTo(2);
        assertThat(run(Map.of(), "up").err())
                .contains("--currency (from waybill.currency): 'gold' is not a currency");
    }

    @Test
    void a_wrong_verb_gets_a_hint() {
        Said said = run(Map.of(), "upp");

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("there is no verb 'upp'. Did you mean up?");
    }

    @Test
    void a_role_cannot_be_here_and_elsewhere() {
        assertThatThrownBy(() -> settings(Map.of(), "--reader=other:9998"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(2))
                .hasMessage(
                        "--reader says that the reader is at other:9998, but --roles says that it"
                                + " runs here.");
    }

    @Test
    void variables_that_say_where_a_role_is_that_runs_here_are_passed_over() {
        Map<String, String> everywhere =
                Map.of(
                        "WAYBILL_BROKER", "mqtt://queue:1883",
                        "WAYBILL_DATABASE", "store:8888",
                        "WAYBILL_READER", "reads:9998");

        for (Role role : Role.values()) {
            UpSettings settings = settings(everywhere, "--roles=" + role.label());

            assertThat(settings.roles()).containsExactly(role);
            assertThat(settings.neighbours().broker()).hasHost("queue");
            assertThat(settings.neighbours().database().host()).isEqualTo("store");
            assertThat(settings.neighbours().reader().host()).isEqualTo("reads");
        }
        assertThat(settings(everywhere).roles()).hasSize(5);
    }

    @Test
    void a_property_that_says_where_a_role_is_that_runs_here_is_passed_over() {
        properties.setProperty("waybill.broker", "mqtt://queue:1883");

        assertThat(settings(Map.of(), "--roles=broker").roles()).containsExactly(Role.BROKER);
    }

    @Test
    void help_names_every_verb_whether_it_is_built_or_not() {
        Said said = run(Map.of(), "--help");

        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .containsPattern("\\n +up +Runs")
                .containsPattern("\\n +demo +Fills")
                .containsPattern("\\n +bench +Measures");
    }

    @Test
    void a_verb_that_is_not_built_says_what_builds_it() {
        Said said = run(Map.of(), "bench", "--duration=1s");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err()).contains("'./waybill bench' builds and runs it.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--http=localhost:8080|--http: 'localhost:8080' is not the address of a gateway, http://host:port.",
                "--http=http://localhost:8080/api|is not the address of a gateway",
                "--http=ftp://localhost|is not the address of a gateway",
                "--wait=soon|--wait: 'soon' is not a duration"
            })
    void a_demo_of_nowhere_ends_with_2_and_a_sentence(String given, String sentence) {
        Said said = run(Map.of(), "demo", given);

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains(sentence).contains("Try 'waybill demo --help'.");
    }

    @Test
    void a_demo_where_nothing_answers_ends_with_1_and_says_how_to_begin() {
        Said said = run(Map.of(), "demo", "--http=http://127.0.0.1:1");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err())
                .contains("waybill: nothing answers at http://127.0.0.1:1; start Waybill with");
    }

    @Test
    void help_names_every_option() {
        Said said = run(Map.of(), "up", "--help");

        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .contains("--roles", "--data", "--credentials", "--delay", "--bind")
                .contains("--http-port", "--mqtt-port", "--mqtt-websocket-port", "--database-port")
                .contains(
                        "--reader-port", "--management-port", "--broker", "--database", "--reader")
                .contains("--ready-file", "WAYBILL_HTTP_PORT");
    }

    private UpSettings settings(Map<String, String> environment, String... options) {
        CommandLine program =
                CommandLineProgram.commandLine(new Surroundings(environment, properties));
        String[] args = new String[options.length + 1];
        args[0] = "up";
        System.arraycopy(options, 0, args, 1, options.length);
        UpCommand up = (UpCommand) program.parseArgs(args).subcommand().commandSpec().userObject();
        return up.settings();
    }

    private Said run(Map<String, String> environment, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode =
                CommandLineProgram.commandLine(new Surroundings(environment, properties))
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(args);
        return new Said(exitCode, out.toString(), err.toString());
    }

    private record Said(int exitCode, String out, String err) {}
}
