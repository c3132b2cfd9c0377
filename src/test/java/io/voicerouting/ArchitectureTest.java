package io.voicerouting;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.voicerouting.common.TimeZones;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.reflect.AnnotatedElement;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The rules that ARCHITECTURE.md states: which package may know which. */
@AnalyzeClasses(packages = "io.voicerouting", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String COMMON = "io.voicerouting.common..";
  private static final String WEB = "io.voicerouting.web..";
  private static final String CACHE = "io.voicerouting.cache..";
  private static final String ROOMS_OF_CACHE = "io.voicerouting.cache.*..";

  @ArchTest
  static final ArchRule LAYERS_ACCESS_ONLY_LAYERS_BELOW =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("routing.web")
          .definedBy("io.voicerouting.routing.web..")
          .layer("console")
          .definedBy("io.voicerouting.console..")
          .layer("platform")
          .definedBy("io.voicerouting.platform..")
          .layer("actuate")
          .definedBy("io.voicerouting.actuate..")
          .layer("routing")
          .definedBy("io.voicerouting.routing")
          .layer("override")
          .definedBy("io.voicerouting.override..")
          .layer("holiday")
          .definedBy("io.voicerouting.holiday..")
          .layer("phone number")
          .definedBy("io.voicerouting.phonenumber..")
          .layer("extension")
          .definedBy("io.voicerouting.extension..")
          .layer("business hours")
          .definedBy("io.voicerouting.businesshours..")
          .layer("organization")
          .definedBy("io.voicerouting.organization..")
          .layer("cache")
          .definedBy(CACHE)
          .layer("web")
          .definedBy(WEB)
          .layer("token")
          .definedBy("io.voicerouting.token..")
          .layer("audit")
          .definedBy("io.voicerouting.audit..")
          .layer("security")
          .definedBy("io.voicerouting.security..")
          .layer("time zone")
          .definedBy("io.voicerouting.timezone..")
          .layer("common")
          .definedBy(COMMON)
          .whereLayer("console")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("routing.web")
          .mayOnlyBeAccessedByLayers("console")
          .whereLayer("platform")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("actuate")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("routing")
          .mayOnlyAccessLayers(
              "override",
              "phone number",
              "extension",
              "business hours",
              "organization",
              "cache",
              "common")
          .whereLayer("override")
          .mayOnlyAccessLayers(
              "phone number", "business hours", "organization", "audit", "cache", "web", "common")
          .whereLayer("holiday")
          .mayOnlyAccessLayers("business hours", "audit", "web", "common")
          .whereLayer("phone number")
          .mayOnlyAccessLayers("business hours", "organization", "audit", "cache", "web", "common")
          .whereLayer("extension")
          .mayOnlyAccessLayers("organization", "audit", "cache", "web", "common")
          .whereLayer("business hours")
          .mayOnlyAccessLayers("organization", "audit", "cache", "web", "common")
          .whereLayer("organization")
          .mayOnlyAccessLayers("audit", "cache", "web", "common")
          .whereLayer("token")
          .mayOnlyAccessLayers("organization", "audit", "security", "cache", "web", "common")
          .whereLayer("audit")
          .mayOnlyAccessLayers("web", "common")
          .whereLayer("cache")
          .mayOnlyAccessLayers("common")
          .whereLayer("web")
          .mayOnlyAccessLayers("common")
          .whereLayer("security")
          .mayOnlyAccessLayers("web", "common")
          .whereLayer("time zone")
          .mayOnlyAccessLayers("common")
          .whereLayer("common")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.voicerouting.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule CLASSES_OF_COMMON_HAVE_NO_CYCLES =
      slices().assignedFrom(topLevelClassesIn(COMMON)).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule CLASSES_OF_WEB_HAVE_NO_CYCLES =
      slices().assignedFrom(topLevelClassesIn(WEB)).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule CLASSES_OF_CACHE_HAVE_NO_CYCLES =
      slices().assignedFrom(topLevelClassesIn(CACHE)).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ROOMS_OF_CACHE_ARE_USED_BY_CACHE_ALONE =
      noClasses()
          .that()
          .resideOutsideOfPackage(CACHE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOMS_OF_CACHE);

  @ArchTest
  static final ArchRule CONTRACT_OF_CACHE_KNOWS_NO_ROOM =
      noClasses()
          .that()
          .resideInAPackage("io.voicerouting.cache")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOMS_OF_CACHE);

  @ArchTest
  static final ArchRule COMMON_KNOWS_NO_HTTP =
      noClasses()
          .that()
          .resideInAPackage(COMMON)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework.http..",
              "org.springframework.web..",
              "org.springframework.security..",
              "jakarta.servlet..");

  @ArchTest
  static final ArchRule ONLY_HTTP_CLASSES_ACCESS_WEB =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.voicerouting..web..",
              "io.voicerouting.platform..",
              "io.voicerouting.actuate..",
              "io.voicerouting.console..",
              "io.voicerouting.security..")
          .and()
          .areNotAnnotatedWith(RestController.class)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(WEB);

  /** {@code ZoneId.of} has the rules of the JVM, also if others are configured. */
  @ArchTest
  static final ArchRule ZONES_COME_FROM_TIME_ZONES_ALONE =
      noClasses()
          .that()
          .doNotBelongToAnyOf(TimeZones.class)
          .should()
          .callMethod(ZoneId.class, "of", String.class);

  @ArchTest
  static void webContainsNoPathOfAController(JavaClasses classes) {
    Set<String> segments = pathSegments(classes);
    assertThat(segments).contains("/organizations", "/routing");
    classes().that().resideInAPackage(WEB).should(containNone(segments)).check(classes);
  }

  /** Slices of one top-level class each, with the classes nested in it. */
  private static SliceAssignment topLevelClassesIn(String packages) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return resideInAPackage(packages).test(type)
            ? SliceIdentifier.of(topLevelClass(type).getName())
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "top-level classes in " + packages;
      }
    };
  }

  private static JavaClass topLevelClass(JavaClass type) {
    return type.getEnclosingClass().map(ArchitectureTest::topLevelClass).orElse(type);
  }

  /**
   * Segments of the controllers' paths, such as {@code /routing}, but for /api/v1 and variables.
   */
  private static Set<String> pathSegments(JavaClasses classes) {
    return classes.stream()
        .filter(type -> type.isAnnotatedWith(RestController.class))
        .map(JavaClass::reflect)
        .<AnnotatedElement>mapMulti(
            (type, elements) -> {
              elements.accept(type);
              Stream.of(type.getDeclaredMethods()).forEach(elements);
            })
        .map(element -> AnnotatedElementUtils.findMergedAnnotation(element, RequestMapping.class))
        .filter(Objects::nonNull)
        .flatMap(mapping -> Stream.of(mapping.path()))
        .flatMap(path -> Stream.of(path.split("/")))
        .filter(segment -> !segment.isEmpty() && !segment.startsWith("{"))
        .filter(segment -> !Set.of("api", "v1").contains(segment))
        .map("/"::concat)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static ArchCondition<JavaClass> containNone(Set<String> segments) {
    return new ArchCondition<>("contain none of " + segments) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        stringsIn(type)
            .filter(text -> segments.stream().anyMatch(text::contains))
            .map(text -> type.getName() + " contains '" + text + "'")
            .forEach(message -> events.add(SimpleConditionEvent.violated(type, message)));
      }
    };
  }

  /** The string constants of a class. */
  private static Stream<String> stringsIn(JavaClass type) {
    String resource = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream bytes = ArchitectureTest.class.getResourceAsStream(resource)) {
      return StreamSupport.stream(
              ClassFile.of()
                  .parse(Objects.requireNonNull(bytes).readAllBytes())
                  .constantPool()
                  .spliterator(),
              false)
          .filter(StringEntry.class::isInstance)
          .map(entry -> ((StringEntry) entry).stringValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
