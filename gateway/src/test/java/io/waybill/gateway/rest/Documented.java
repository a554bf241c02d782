package io.waybill.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import io.waybill.gateway.rest.RestDoor.Answer;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.util.Locale;

/** Whether answers are as the OpenAPI document says, by somebody else's JSON Schema. */
final class Documented {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JsonNode document;
    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    Documented(String yaml) {
        this.document = JSON.valueToTree(new Yaml().<Object>load(yaml));
    }

    /** The schema of a command's body. */
    JsonNode body(String method, String template) {
        JsonNode schema =
                document.path("paths")
                        .path(template)
                        .path(method.toLowerCase(Locale.ROOT))
                        .at("/requestBody/content/application~1json/schema");
        assertThat(schema.isMissingNode()).as("%s %s takes no body", method, template).isFalse();
        return schema;
    }

    /** Whether a value is as a schema of the document has it. */
    boolean allows(JsonNode schema, JsonNode value) {
        return registry.getSchema(rooted(schema)).validate(value).isEmpty();
    }

    /** An answer to what the document knows must be one that it knows. */
    void check(String method, String target, Answer answer) {
        JsonNode operation = operation(method, URI.create(target).getPath());
        if (operation == null || answer.status() == 401) {
            return;
        }
        JsonNode response = operation.path("responses").path("" + answer.status());
        if (response.isMissingNode()) {
            response = operation.path("responses").path("default");
        }
        if (response.has("$ref")) {
            response = document.at(response.path("$ref").asString().substring(1));
        }
        String mediaType = Splitter.on(';').splitToList(answer.header("Content-Type")).getFirst();
        JsonNode schema = response.path("content").path(mediaType).path("schema");
        assertThat(schema.isMissingNode())
                .as("%s %s answers %d, undocumented", method, target, answer.status())
                .isFalse();
        assertThat(registry.getSchema(rooted(schema)).validate(answer.json()))
                .as("%s %s answers %s", method, target, answer.body())
                .isEmpty();
    }

    private JsonNode rooted(JsonNode schema) {
        ObjectNode root = ((ObjectNode) schema).deepCopy();
        root.set("components", document.path("components"));
        return root;
    }

    private @Nullable JsonNode operation(String method, String path) {
        for (Route route : Routes.ALL) {
            boolean same =
                    route.method().equals(method)
                            && path.startsWith("/api")
                            && route.template().match(path.substring(4)).isPresent();
            if (same) {
                return document.path("paths")
                        .path("/api" + route.template().path())
                        .path(method.toLowerCase(Locale.ROOT));
            }
        }
        return null;
    }
}
