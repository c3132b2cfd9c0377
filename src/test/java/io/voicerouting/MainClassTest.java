package io.voicerouting;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The development run starts the one main class there is, and not at all if there are two. */
@AnalyzeClasses(packages = "io.voicerouting", importOptions = OnlyIncludeTests.class)
class MainClassTest {

  @ArchTest
  static final ArchRule ONE_MAIN_CLASS =
      methods()
          .that()
          .haveName("main")
          .and()
          .areStatic()
          .should()
          .beDeclaredIn(TestVoiceRoutingApplication.class);
}
