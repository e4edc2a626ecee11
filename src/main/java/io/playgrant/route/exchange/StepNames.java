package io.playgrant.route.exchange;

import org.apache.camel.NamedNode;
import org.apache.camel.impl.engine.DefaultNodeIdFactory;
import org.apache.camel.model.ProcessDefinition;

/**
 * Names the steps of the YAML routes: a {@code process} without an id is known by its {@code ref}, in metrics and in tests.
 */
final class StepNames extends DefaultNodeIdFactory {

    @Override
    public String createId(NamedNode definition) {
        if (definition instanceof ProcessDefinition step && step.getRef() != null) {
            return step.getRef();
        }
        return super.createId(definition);
    }
}
