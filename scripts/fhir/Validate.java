// Validates FHIR bundles with HAPI: java -cp "lib/*" Validate.java FOLDER
// Prints a line for each error: FILE, a tab, where, a tab, what. Warnings are counted.

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Questionnaire;

public class Validate {
    static final FhirContext FHIR = FhirContext.forR4();

    public static void main(String[] arguments) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
            files = found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
        long errors = 0;
        long warnings = 0;
        FhirValidator validator = validator(questionnaires(files.get(0)));
        for (Path file : files) {
            for (var message : validator.validateWithResult(Files.readString(file)).getMessages()) {
                ResultSeverityEnum severity = message.getSeverity();
                if (severity == ResultSeverityEnum.ERROR || severity == ResultSeverityEnum.FATAL) {
                    errors++;
                    System.out.println(told(file, message));
                } else if (severity == ResultSeverityEnum.WARNING) {
                    warnings++;
                    if (System.getenv("SHOW_WARNINGS") != null) {
                        System.err.println(told(file, message));
                    }
                }
            }
        }
        System.err.printf("%d files, %d errors, %d warnings%n", files.size(), errors, warnings);
        System.exit(errors == 0 ? 0 : 1);
    }

    static String told(Path file, SingleValidationMessage message) {
        return String.join("\t", file.getFileName().toString(), message.getLocationString(),
                message.getMessage());
    }

    /** The answers are checked against the questions, which the validator asks for by name. */
    record Questions(List<Questionnaire> known) implements IValidationSupport {
        @Override
        public FhirContext getFhirContext() {
            return FHIR;
        }

        @Override
        public <T extends IBaseResource> T fetchResource(Class<T> kind, String name) {
            for (var questions : known) {
                if (kind.isInstance(questions) && name.split("\\|")[0].equals(questions.getUrl())) {
                    return kind.cast(questions);
                }
            }
            return null;
        }
    }

    static Questions questionnaires(Path file) throws IOException {
        var bundle = FHIR.newJsonParser().parseResource(Bundle.class, Files.readString(file));
        return new Questions(bundle.getEntry().stream()
                .map(entry -> entry.getResource())
                .filter(Questionnaire.class::isInstance)
                .map(Questionnaire.class::cast)
                .toList());
    }

    static FhirValidator validator(Questions questions) {
        var support = new ValidationSupportChain(
                questions,
                new DefaultProfileValidationSupport(FHIR),
                new InMemoryTerminologyServerValidationSupport(FHIR),
                new CommonCodeSystemsTerminologyService(FHIR));
        return FHIR.newValidator().registerValidatorModule(new FhirInstanceValidator(support));
    }
}
