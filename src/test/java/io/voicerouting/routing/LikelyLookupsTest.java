package io.voicerouting.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.businesshours.BusinessHoursResource;
import io.voicerouting.cache.RoutingCache;
import io.voicerouting.extension.ExtensionResource;
import io.voicerouting.organization.OrganizationResource;
import io.voicerouting.testing.IntegrationTest;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a decision tells the cache beforehand that it is likely to look up. */
@IntegrationTest
class LikelyLookupsTest {

  @Autowired private RoutingCache cache;
  @Autowired private OrganizationResource organizations;
  @Autowired private ExtensionResource extensions;
  @Autowired private BusinessHoursResource businessHours;

  @Test
  void anInboundCallNeedsScheduleAndDialledExtension() {
    assertThat(likely("1002", CallDirection.INBOUND))
        .isEqualTo("[routing:organization:7, routing:business_hours:7, routing:extension:7:1002]");
    assertThat(likely(null, CallDirection.INBOUND))
        .isEqualTo("[routing:organization:7, routing:business_hours:7]");
  }

  @Test
  void anInternalCallNeedsNoSchedule() {
    assertThat(likely("1002", CallDirection.INTERNAL))
        .isEqualTo("[routing:organization:7, routing:extension:7:1002]");
  }

  /** What the real cache is told by a decision, whether or not there is such an organization. */
  private String likely(@Nullable String to, CallDirection direction) {
    AtomicReference<String> told = new AtomicReference<>("nothing");
    RoutingCache listening =
        (RoutingCache)
            Proxy.newProxyInstance(
                RoutingCache.class.getClassLoader(),
                new Class<?>[] {RoutingCache.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("asOne")) {
                    told.set(String.valueOf(arguments[0]));
                    return cache.asOne(List.of(), (Supplier<?>) arguments[1]);
                  }
                  return method.invoke(cache, arguments);
                });
    RoutingCacheService directory =
        new RoutingCacheService(listening, organizations, extensions, businessHours);
    var unused =
        new DecisionEngine(directory)
            .decide(new DecisionRequest(7, to, null, direction, Instant.now()));
    return told.get();
  }
}
