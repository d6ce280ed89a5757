package parley.kit;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import parley.contract.Violations;

/** Fails the test during which a frame or an answer was not as in the contract. JUnit registers it for every integration test. */
public final class ContractCheck implements AfterEachCallback, AfterAllCallback {

    @Override
    public void afterEach(ExtensionContext test) {
        Violations.failIfAny();
    }

    @Override
    public void afterAll(ExtensionContext suite) {
        Violations.failIfAny();
    }
}
