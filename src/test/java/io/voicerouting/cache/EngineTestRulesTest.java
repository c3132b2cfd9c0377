package io.voicerouting.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Tests that share a database schema must not run at the same time. */
class EngineTestRulesTest {

  @Test
  void testsInTheSchemaOfTheEngineHaveTheAnnotation() {
    List<JavaClass> tests =
        new ClassFileImporter()
            .withImportOption(new OnlyIncludeTests()).importPackages("io.voicerouting").stream()
                .filter(type -> type.getSimpleName().matches(".*(Test|Contract)"))
                .filter(type -> !type.isEquivalentTo(EngineTestRulesTest.class))
                .filter(EngineTestRulesTest::usesTheSchema)
                .toList();

    assertThat(tests).hasSizeGreaterThan(20).filteredOn(type -> !isProtected(type)).isEmpty();
  }

  private static boolean usesTheSchema(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getName())
        .anyMatch(
            name ->
                name.equals(EngineInstance.class.getName())
                    || name.equals(CoherenceDatabase.class.getName())
                    || name.equals(CoherenceChecker.class.getName()));
  }

  private static boolean isProtected(JavaClass type) {
    return AnnotatedElementUtils.hasAnnotation(type.reflect(), EngineTest.class)
        || AnnotatedElementUtils.hasAnnotation(type.reflect(), Isolated.class);
  }
}
