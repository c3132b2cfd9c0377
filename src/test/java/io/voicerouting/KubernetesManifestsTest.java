package io.voicerouting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.voicerouting.testing.ShippedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * The manifests in {@code ops/kubernetes} fit the schemas of Kubernetes, from which the models were
 * generated: no unknown field, none missing that is required.
 */
class KubernetesManifestsTest {

  private static final Path DIRECTORY = Path.of("ops", "kubernetes");
  private static final String SELECTED = "app.kubernetes.io/name";

  private static final Map<String, Class<?>> MODELS =
      Map.of(
          "Deployment", V1Deployment.class,
          "Service", V1Service.class,
          "ServiceAccount", V1ServiceAccount.class,
          "PodDisruptionBudget", V1PodDisruptionBudget.class,
          "NetworkPolicy", V1NetworkPolicy.class);

  private static final Gson GSON = new JSON().getGson();

  @Test
  void everyManifestOfTheKustomizationFitsItsSchema() throws IOException {
    Map<String, Object> kustomization = read("kustomization.yaml");
    List<?> resources = (List<?>) kustomization.get("resources");

    assertThat(resources).hasSize(MODELS.size());
    for (Object file : resources) {
      Map<String, Object> manifest = read(String.valueOf(file));
      Class<?> model = MODELS.get(String.valueOf(manifest.get("kind")));
      assertThat(GSON.fromJson(json(manifest), model)).as("%s", file).isNotNull();
    }
  }

  @Test
  void schemasRefuseWhatTheyDoNotKnow() throws IOException {
    Map<String, Object> manifest = read("service.yaml");
    manifest.put("specification", Map.of());

    assertThatThrownBy(() -> GSON.fromJson(json(manifest), V1Service.class))
        .hasMessageContaining("specification");
  }

  @Test
  void deploymentAgreesWithTheImage() throws IOException {
    V1Deployment deployment = model("deployment.yaml", V1Deployment.class);
    var pod = Objects.requireNonNull(deployment.getSpec()).getTemplate().getSpec();
    V1Container container = Objects.requireNonNull(pod).getContainers().getFirst();
    String dockerfile = Files.readString(Path.of("Dockerfile"));

    assertThat(
            Objects.requireNonNull(container.getResources()).getLimits().get("memory").getNumber())
        .isEqualByComparingTo(String.valueOf(ShippedSettings.memoryLimit().toBytes()));
    assertThat(dockerfile)
        .contains("USER " + Objects.requireNonNull(pod.getSecurityContext()).getRunAsUser())
        .contains("EXPOSE " + container.getPorts().getFirst().getContainerPort());
  }

  @Test
  void selectorsFindTheDeployment() throws IOException {
    V1Deployment deployment = model("deployment.yaml", V1Deployment.class);
    var spec = Objects.requireNonNull(deployment.getSpec());
    Map<String, String> labels =
        Objects.requireNonNull(
            Objects.requireNonNull(spec.getTemplate().getMetadata()).getLabels());
    var service = Objects.requireNonNull(model("service.yaml", V1Service.class).getSpec());
    var budget =
        Objects.requireNonNull(
            model("disruption-budget.yaml", V1PodDisruptionBudget.class).getSpec());
    var policy =
        Objects.requireNonNull(model("network-policy.yaml", V1NetworkPolicy.class).getSpec());

    assertThat(labels).containsKey(SELECTED);
    assertThat(spec.getSelector().getMatchLabels()).isEqualTo(labels);
    assertThat(service.getSelector()).isEqualTo(labels);
    assertThat(Objects.requireNonNull(budget.getSelector()).getMatchLabels()).isEqualTo(labels);
    assertThat(Objects.requireNonNull(policy.getPodSelector()).getMatchLabels()).isEqualTo(labels);
  }

  private static <T> T model(String file, Class<T> type) throws IOException {
    return GSON.fromJson(json(read(file)), type);
  }

  private static JsonElement json(Map<String, Object> manifest) {
    return new Gson().toJsonTree(manifest);
  }

  private static Map<String, Object> read(String file) throws IOException {
    return new Yaml().load(Files.readString(DIRECTORY.resolve(file)));
  }
}
