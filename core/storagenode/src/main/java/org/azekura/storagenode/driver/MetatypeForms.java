package org.azekura.storagenode.driver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.driver.SettingsForm;
import org.osgi.framework.Bundle;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** The metatype of drivers as forms. */
record MetatypeForms(MetaTypeService metatypes) {

    /**
     * @param pid      of the driver's factory
     * @param language null for the driver's usual one; one that it does not speak likewise
     * @return nothing if the bundle says nothing about this factory
     */
    Optional<SettingsForm> of(Bundle bundle, String driver, String pid, String language) {
        MetaTypeInformation described = metatypes.getMetaTypeInformation(bundle);
        if (described == null || !Arrays.asList(described.getFactoryPids()).contains(pid)) {
            return Optional.empty();
        }
        ObjectClassDefinition form = described.getObjectClassDefinition(pid, language);
        Map<String, SettingRanges.Range> ranges = SettingRanges.of(bundle, form.getID());
        Set<String> required = Stream.of(attributes(form, ObjectClassDefinition.REQUIRED)).map(AttributeDefinition::getID).collect(Collectors.toSet());
        List<SettingsForm.Setting> settings = new ArrayList<>();
        for (AttributeDefinition one : attributes(form, ObjectClassDefinition.ALL)) {
            settings.add(setting(one, required.contains(one.getID()), ranges.getOrDefault(one.getID(), SettingRanges.Range.NONE)));
        }
        return Optional.of(new SettingsForm(driver, text(form.getName()), text(form.getDescription()), settings));
    }

    private static AttributeDefinition[] attributes(ObjectClassDefinition form, int which) {
        return Objects.requireNonNullElse(form.getAttributeDefinitions(which), new AttributeDefinition[0]);
    }

    private static SettingsForm.Setting setting(AttributeDefinition one, boolean required, SettingRanges.Range range) {
        String[] preset = one.getDefaultValue();
        return new SettingsForm.Setting(one.getID(), text(one.getName()), text(one.getDescription()), kind(one.getType()), required && preset == null,
                preset == null ? null : String.join(",", preset), range.least(), range.most(), choices(one));
    }

    private static List<SettingsForm.Choice> choices(AttributeDefinition one) {
        String[] values = one.getOptionValues();
        String[] labels = one.getOptionLabels();
        List<SettingsForm.Choice> choices = new ArrayList<>();
        for (int i = 0; values != null && i < values.length; i++) {
            choices.add(new SettingsForm.Choice(values[i], labels == null || i >= labels.length ? values[i] : labels[i]));
        }
        return choices;
    }

    private static SettingsForm.Kind kind(int type) {
        return switch (type) {
            case AttributeDefinition.PASSWORD -> SettingsForm.Kind.SECRET;
            case AttributeDefinition.BOOLEAN -> SettingsForm.Kind.SWITCH;
            case AttributeDefinition.BYTE, AttributeDefinition.SHORT, AttributeDefinition.INTEGER, AttributeDefinition.LONG -> SettingsForm.Kind.WHOLE_NUMBER;
            case AttributeDefinition.FLOAT, AttributeDefinition.DOUBLE -> SettingsForm.Kind.NUMBER;
            default -> SettingsForm.Kind.TEXT;
        };
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }
}
