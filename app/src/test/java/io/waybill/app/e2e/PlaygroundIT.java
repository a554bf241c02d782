package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import tools.jackson.databind.JsonNode;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.StreamSupport;

/**
 * A real browser on the playground: it works without the internet, shows an outcome arrive, and
 * leads through an order from its posting to its pickup.
 */
@ExtendWith(OneWaybill.class)
class PlaygroundIT {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");

    private ChromeDriver browser;

    @BeforeEach
    void open_a_browser() {
        assumeTrue(
                BROWSER.canExecute() && DRIVER.canExecute(),
                "chromium and chromedriver are not installed (Debian: chromium, chromium-driver)");
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--window-size=1400,900");
        options.setCapability("goog:loggingPrefs", logging);
        browser =
                new ChromeDriver(
                        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(),
                        options);
    }

    @AfterEach
    void close_the_browser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @Test
    void a_mutation_and_its_outcome_are_seen_and_no_request_leaves_the_machine(
            RunningWaybill waybill) throws IOException {
        browser.get("http://localhost:" + waybill.http() + "/");

        open("AddContact");
        execute();
        awaitResult("Queued to add");
        open("FollowCommand");
        execute();
        awaitResult("APPLIED");
        keepScreenshot("playground-outcome.png");
        open("ReadMyWrite");
        execute();
        awaitResult("John HUEBR");
        open("ListContacts");
        execute();
        awaitResult("John HUEBR");

        assertThat(requested())
                .as("all that the page asked for")
                .isNotEmpty()
                .allSatisfy(
                        url ->
                                assertThat(url.getAuthority())
                                        .as(url.toString())
                                        .isEqualTo("localhost:" + waybill.http()));
    }

    @Test
    void an_order_is_led_from_post_to_pickup_by_the_tabs_in_their_order(RunningWaybill waybill)
            throws IOException {
        browser.get("http://localhost:" + waybill.http() + "/");

        open("CreateOrder");
        execute();
        awaitResult("there was none yet: run AddContact first");
        for (String tab : List.of("AddContact", "RegisterRestaurant", "PayInAndOpen")) {
            open(tab);
            execute();
            awaitResult("Queued to ");
        }
        open("CreateOrder");
        execute();
        awaitResult("Queued to create");
        open("FollowOrder");
        execute();
        awaitResult("waits for a person of the restaurant to approve or decline, until ");
        stop();
        open("SeeSaga");
        execute();
        awaitResult("REVIEW_OPEN");
        keepScreenshot("playground-saga.png");
        open("ApproveOrder");
        execute("ApproveOrder");
        awaitResult("Queued to approve");
        open("FollowOrder");
        execute();
        awaitResult("\"APPROVED\"");
        stop();
        open("CompleteList");
        execute("CompleteList");
        awaitResult("Queued to complete");
        open("FollowOrder");
        execute();
        awaitResult("\"READY\"");
        stop();
        open("CompleteList");
        execute("CollectOrder");
        awaitResult("Queued to collect");
        open("FollowOrder");
        execute();
        awaitResult("\"COLLECTED\"");
        open("Statement");
        execute();
        awaitResult("PAYMENT_DEBITED");
        awaitResult("35.60");
        open("RecentOrders");
        execute();
        awaitResult("Noodle bar");
    }

    private void open(String tab) {
        patiently(
                () ->
                        browser.findElements(By.cssSelector(".graphiql-tab-button")).stream()
                                .filter(button -> button.getText().contains(tab))
                                .findFirst()
                                .orElseThrow()
                                .click());
    }

    private void execute() {
        patiently(() -> browser.findElement(By.cssSelector(".graphiql-execute-button")).click());
    }

    /** Executes one of a tab's operations: the button asks which. */
    private void execute(String operation) {
        patiently(
                () -> {
                    By items = By.cssSelector("[role=menuitem]");
                    if (browser.findElements(items).isEmpty()) {
                        browser.findElement(By.cssSelector(".graphiql-execute-button")).click();
                    }
                    browser.findElements(items).stream()
                            .filter(item -> item.getText().contains(operation))
                            .findFirst()
                            .orElseThrow()
                            .click();
                });
    }

    /** Ends a subscription, if it is still there: the button that executes stops it. */
    private void stop() {
        patiently(
                () -> {
                    var running =
                            browser.findElements(
                                    By.cssSelector(".graphiql-execute-button[aria-label^=Stop]"));
                    running.forEach(button -> button.click());
                });
    }

    /** Waits for a text in the result, be it in sight or further down. */
    private void awaitResult(String text) {
        String result =
                "return document.querySelector('.result-window .CodeMirror').CodeMirror.getValue()";
        await("'" + text + "' in the result")
                .atMost(SOON)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> String.valueOf(browser.executeScript(result)).contains(text));
    }

    /** Does something on the page, again while the page is still changing. */
    private static void patiently(Runnable step) {
        await().atMost(SOON)
                .ignoreExceptions()
                .until(
                        () -> {
                            step.run();
                            return true;
                        });
    }

    /** The addresses of all requests of the page, by the browser's own record. */
    private List<URI> requested() {
        return StreamSupport.stream(
                        browser.manage().logs().get(LogType.PERFORMANCE).spliterator(), false)
                .map(entry -> GraphQl.JSON.readTree(entry.getMessage()).get("message"))
                .filter(
                        message ->
                                List.of("Network.requestWillBeSent", "Network.webSocketCreated")
                                        .contains(message.get("method").asString()))
                .map(PlaygroundIT::address)
                .filter(url -> !List.of("data", "blob", "chrome").contains(url.getScheme()))
                .toList();
    }

    private static URI address(JsonNode message) {
        JsonNode params = message.get("params");
        String url = (params.has("request") ? params.get("request") : params).get("url").asString();
        return url.startsWith("data:") ? URI.create("data:inline") : URI.create(url);
    }

    private void keepScreenshot(String name) throws IOException {
        Path file = Path.of("target", name);
        Files.write(file, browser.getScreenshotAs(OutputType.BYTES));
        System.out.println("a screenshot is at " + file.toAbsolutePath());
    }
}
