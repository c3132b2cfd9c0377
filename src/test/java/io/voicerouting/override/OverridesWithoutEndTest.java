package io.voicerouting.override;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.voicerouting.testing.IntegrationTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class OverridesWithoutEndTest {

  /** Long ago, so that the overrides of other tests do not count. */
  private static final Instant BEGIN = Instant.parse("1990-01-01T00:00:00Z");

  @Autowired private OverrideRepository overrides;
  @Autowired private JdbcClient sql;

  /** Held here, because a gauge holds what it reads weakly. */
  private @Nullable OverridesWithoutEnd counted;

  @Test
  void countsAfterADayAndAtMostOnceAMinute() {
    sql.sql("delete from routing_overrides where starts_at < '1991-01-01'").update();
    insert("null", "null");
    insert("'1990-02-01'", "null");
    insert("null", "now()");
    AtomicReference<Instant> now = new AtomicReference<>(BEGIN.plus(1, ChronoUnit.DAYS));
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    counted = new OverridesWithoutEnd(overrides, now::get);
    counted.bindTo(registry);
    Gauge gauge = registry.get("routing.overrides.without.end").gauge();

    await().until(() -> gauge.value() == 0);
    now.set(now.get().plus(1, ChronoUnit.MINUTES));
    assertThat(gauge.value()).isZero();
    now.set(now.get().plusNanos(1));
    await().until(() -> gauge.value() == 1);
    insert("null", "null");
    assertThat(gauge.value()).isEqualTo(1);
  }

  private void insert(String end, String clearedAt) {
    sql.sql(
            """
            with created as (
              insert into organizations (name, timezone) values ('Any', 'UTC') returning id)
            insert into routing_overrides
              (organization_id, mode, starts_at, ends_at, cleared_at, cleared_by)
            select id, 'open', '1990-01-01 00:00Z', %1$s, %2$s,
              case when %2$s is not null then 'x' end from created
            """
                .formatted(end, clearedAt))
        .update();
  }
}
