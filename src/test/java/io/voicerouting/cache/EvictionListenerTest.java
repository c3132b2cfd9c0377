package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.IntegrationTest;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Table;
import jakarta.persistence.metamodel.EntityType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class EvictionListenerTest {

  @Autowired private EntityManagerFactory entityManagers;
  @Autowired private JdbcClient jdbc;

  @Test
  void everyEntityThatEvictsHasTheEvictionListener() {
    Set<@Nullable String> tables =
        jdbc.sql(
                """
                select distinct event_object_table from information_schema.triggers
                where trigger_name like 'routing_cache_eviction_%'
                """)
            .query(String.class)
            .set();

    assertThat(entityManagers.getMetamodel().getEntities())
        .extracting(EntityType::getJavaType)
        .filteredOn(entity -> tables.contains(entity.getAnnotation(Table.class).name()))
        .hasSameSizeAs(tables)
        .allSatisfy(
            entity ->
                assertThat(entity.getAnnotation(EntityListeners.class))
                    .isNotNull()
                    .satisfies(
                        listeners ->
                            assertThat(List.of(listeners.value()))
                                .contains(EvictionListener.class)));
  }
}
