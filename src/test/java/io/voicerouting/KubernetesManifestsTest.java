package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.voicerouting.testing.ShippedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The manifests in {@code ops/kubernetes} fit the schemas of Kubernetes, from which the models were
 * generated: no unknown field, none missing that is required.
 */
class KubernetesManifestsTest {

  private static final Map<String, Class<?>> MODELS =
      Map.of(
          "Deployment", V1Deployment.class,
          "Service", V1Service.class,
          "ServiceAccount", V1ServiceAccount.class,
          "PodDisruptionBudget", V1PodDisruptionBudget.class,
          "NetworkPolicy", V1NetworkPolicy.class);

  @Test
  void everyManifestOfTheKustomizationFitsItsSchema() throws IOException {
    JsonNode resources = read("kustomization.yaml").path("resources");

    assertThat(resources).hasSize(MODELS.size());
    for (JsonNode file : resources) {
      assertThat(model(read(file.stringValue()))).as("%s", file).isNotNull();
    }
  }

  @Test
  void schemasRefuseWhatIsUnknownOrMissing() throws IOException {
    ObjectNode unknown = read("service.yaml");
    unknown.put("specification", "");
    ObjectNode incomplete = read("deployment.yaml");
    ((ObjectNode) incomplete.at("/spec/template/spec")).remove("containers");

    assertThatThrownBy(() -> model(unknown)).hasMessageContaining("specification");
    assertThatThrownBy(() -> model(incomplete)).hasMessageContaining("containers");
  }

  @Test
  void deploymentAgreesWithTheImage() throws IOException {
    JsonNode pod = read("deployment.yaml").at("/spec/template/spec");
    JsonNode container = pod.at("/containers/0");
    String memory = container.at("/resources/limits/memory").stringValue();
    String dockerfile = Files.readString(Path.of("Dockerfile"));

    assertThat(ShippedSettings.size(memory.replace("Mi", "M")))
        .isEqualTo(ShippedSettings.memoryLimit());
    assertThat(dockerfile)
        .contains("USER " + pod.at("/securityContext/runAsUser").intValue() + ":")
        .contains("EXPOSE " + container.at("/ports/0/containerPort").intValue());
    // The secret's files are of this group, and not readable for others.
    assertThat(pod.at("/securityContext/fsGroup")).isEqualTo(pod.at("/securityContext/runAsGroup"));
  }

  @Test
  void selectorsFindTheDeployment() throws IOException {
    JsonNode deployment = read("deployment.yaml");
    JsonNode labels = deployment.at("/spec/template/metadata/labels");

    assertThat(labels).isNotEmpty();
    assertThat(deployment.at("/spec/selector/matchLabels")).isEqualTo(labels);
    assertThat(read("service.yaml").at("/spec/selector")).isEqualTo(labels);
    assertThat(read("disruption-budget.yaml").at("/spec/selector/matchLabels")).isEqualTo(labels);
    assertThat(read("network-policy.yaml").at("/spec/podSelector/matchLabels")).isEqualTo(labels);
  }

  private static Object model(JsonNode manifest) {
    return JSON.getGson()
        .fromJson(manifest.toString(), MODELS.get(manifest.path("kind").stringValue()));
  }

  private static ObjectNode read(String file) throws IOException {
    Object yaml = new Yaml().load(Files.readString(Path.of("ops", "kubernetes", file)));
    return JsonMapper.shared().valueToTree(yaml);
  }
}
