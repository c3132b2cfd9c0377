package io.voicerouting;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between packages only ever point down, as ARCHITECTURE.md draws them. */
@AnalyzeClasses(packages = "io.voicerouting", importOptions = DoNotIncludeTests.class)
class PackageArrowsTest {

  @ArchTest
  static final ArchRule ARROWS_POINT_DOWN =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("routing.web")
          .definedBy("io.voicerouting.routing.web..")
          .layer("actuate")
          .definedBy("io.voicerouting.actuate..")
          .layer("routing")
          .definedBy("io.voicerouting.routing")
          .layer("extension")
          .definedBy("io.voicerouting.extension..")
          .layer("business hours")
          .definedBy("io.voicerouting.businesshours..")
          .layer("organization")
          .definedBy("io.voicerouting.organization..")
          .layer("cache")
          .definedBy("io.voicerouting.cache..")
          .layer("web")
          .definedBy("io.voicerouting.web..")
          .layer("security")
          .definedBy("io.voicerouting.security..")
          .whereLayer("routing.web")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("actuate")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("routing")
          .mayOnlyAccessLayers("extension", "business hours", "organization", "cache", "web")
          .whereLayer("extension")
          .mayOnlyAccessLayers("organization", "cache", "web")
          .whereLayer("business hours")
          .mayOnlyAccessLayers("organization", "cache", "web")
          .whereLayer("organization")
          .mayOnlyAccessLayers("cache", "web")
          .whereLayer("cache")
          .mayNotAccessAnyLayer()
          .whereLayer("web")
          .mayNotAccessAnyLayer()
          .whereLayer("security")
          .mayOnlyAccessLayers("web");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.voicerouting.(**)").should().beFreeOfCycles();
}
