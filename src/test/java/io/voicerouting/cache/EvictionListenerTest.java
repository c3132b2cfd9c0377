package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicerouting.testing.IntegrationTest;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class EvictionListenerTest {

  @Autowired private EntityManagerFactory entityManagers;

  @Test
  void everyEntityHasTheEvictionListener() {
    assertThat(entityManagers.getMetamodel().getEntities())
        .isNotEmpty()
        .extracting(EntityType::getJavaType)
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
