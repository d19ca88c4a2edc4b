<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AnswersWindow</name>
    <message numerus="yes">
        <source>%Ln item(s).</source>
        <translation>
            <numerusform>%Ln item.</numerusform>
            <numerusform>%Ln items.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The model is not sure of %Ln.</source>
        <translation>
            <numerusform>The model is not sure of %Ln.</numerusform>
            <numerusform>The model is not sure of %Ln.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be read.</source>
        <translation>
            <numerusform>%Ln could not be read.</numerusform>
            <numerusform>%Ln could not be read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArithmeticView</name>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln step</numerusform>
            <numerusform>%Ln steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln epoch(s)</source>
        <translation>
            <numerusform>%Ln epoch</numerusform>
            <numerusform>%Ln epochs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) redrawn from pen strokes</source>
        <translation>
            <numerusform>%Ln image redrawn from pen strokes</numerusform>
            <numerusform>%Ln images redrawn from pen strokes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BoxedPicture</name>
    <message numerus="yes">
        <source>%Ln digit(s) found: {0}</source>
        <translation>
            <numerusform>%Ln digit found: {0}</numerusform>
            <numerusform>%Ln digits found: {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BrowsePanel</name>
    <message numerus="yes">
        <source>%Ln digit(s): {splits}</source>
        <translation>
            <numerusform>%Ln digit: {splits}</numerusform>
            <numerusform>%Ln digits: {splits}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConfusionModel</name>
    <message numerus="yes">
        <source>%Ln mistake(s)</source>
        <translation>
            <numerusform>%Ln mistake</numerusform>
            <numerusform>%Ln mistakes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln digit(s)</source>
        <translation>
            <numerusform>%Ln digit</numerusform>
            <numerusform>%Ln digits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CurveTools</name>
    <message numerus="yes">
        <source>Mean of %Ln point(s)</source>
        <translation>
            <numerusform>Mean of %Ln point</numerusform>
            <numerusform>Mean of %Ln points</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message numerus="yes">
        <source>Removed the label from %Ln digit(s).</source>
        <translation>
            <numerusform>Removed the label from %Ln digit.</numerusform>
            <numerusform>Removed the label from %Ln digits.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Relabelled %Ln digit(s) as {0}.</source>
        <translation>
            <numerusform>Relabelled %Ln digit as {0}.</numerusform>
            <numerusform>Relabelled %Ln digits as {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved %Ln digit(s) to {0}.</source>
        <translation>
            <numerusform>Moved %Ln digit to {0}.</numerusform>
            <numerusform>Moved %Ln digits to {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deleted %Ln digit(s).</source>
        <translation>
            <numerusform>Deleted %Ln digit.</numerusform>
            <numerusform>Deleted %Ln digits.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Added %Ln digit(s).</source>
        <translation>
            <numerusform>Added %Ln digit.</numerusform>
            <numerusform>Added %Ln digits.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln digit(s) were here already.</source>
        <translation>
            <numerusform>%Ln digit was here already.</numerusform>
            <numerusform>%Ln digits were here already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) were left out; the list tells why.</source>
        <translation>
            <numerusform>%Ln file was left out; the list tells why.</numerusform>
            <numerusform>%Ln files were left out; the list tells why.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln digit(s) have no label yet and are selected: press a digit key.</source>
        <translation>
            <numerusform>%Ln digit has no label yet and is selected: press a digit key.</numerusform>
            <numerusform>%Ln digits have no label yet and are selected: press a digit key.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeviceWords</name>
    <message numerus="yes">
        <source>%Ln thread(s)</source>
        <translation>
            <numerusform>%Ln thread</numerusform>
            <numerusform>%Ln threads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExperimentResults</name>
    <message numerus="yes">
        <source>{field}: validation accuracy is highest at {value}, {share} of %Ln digit(s).</source>
        <translation>
            <numerusform>{field}: validation accuracy is highest at {value}, {share} of %Ln digit.</numerusform>
            <numerusform>{field}: validation accuracy is highest at {value}, {share} of %Ln digits.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Validation accuracy is highest with {pair}: {share} of %Ln digit(s).</source>
        <translation>
            <numerusform>Validation accuracy is highest with {pair}: {share} of %Ln digit.</numerusform>
            <numerusform>Validation accuracy is highest with {pair}: {share} of %Ln digits.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln other pair(s)</source>
        <translation>
            <numerusform>%Ln other pair</numerusform>
            <numerusform>%Ln other pairs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExperimentSetup</name>
    <message numerus="yes">
        <source>%Ln run(s)</source>
        <translation>
            <numerusform>%Ln run</numerusform>
            <numerusform>%Ln runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HandResult</name>
    <message numerus="yes">
        <source>For “after”, each of your digits was read by a model that had learned from the other half only; the model in use learned from all %n.</source>
        <translation>
            <numerusform>For “after”, each of your digits was read by a model that had learned from the other half only; the model in use learned from %n digit.</numerusform>
            <numerusform>For “after”, each of your digits was read by a model that had learned from the other half only; the model in use learned from all %n.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPanel</name>
    <message numerus="yes">
        <source>%Ln file(s) left out:</source>
        <translation>
            <numerusform>%Ln file left out:</numerusform>
            <numerusform>%Ln files left out:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LearnBar</name>
    <message numerus="yes">
        <source>%Ln new correction(s) still misread: not learned. Run {0} reads from now on. Correct more examples of the same kind, then learn again.</source>
        <translation>
            <numerusform>%Ln new correction is still misread: it was not learned. Run {0} reads from now on. Correct another example of it, then learn again.</numerusform>
            <numerusform>%Ln new corrections are still misread: they were not learned. Run {0} reads from now on. Correct more examples of them, then learn again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln correction(s) taken out of your data. Ctrl+Z brings them back.</source>
        <translation>
            <numerusform>%Ln correction taken out of your data. Ctrl+Z brings it back.</numerusform>
            <numerusform>%Ln corrections taken out of your data. Ctrl+Z brings them back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln correction(s) wait(s) to be learned.</source>
        <translation>
            <numerusform>%Ln correction waits to be learned.</numerusform>
            <numerusform>%Ln corrections wait to be learned.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MistakeDesk</name>
    <message numerus="yes">
        <source>Cancelled: %Ln digit(s) are not read yet.</source>
        <translation>
            <numerusform>Cancelled: %Ln digit is not read yet.</numerusform>
            <numerusform>Cancelled: %Ln digits are not read yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The run has learned from %Ln of these digit(s): it looks better here than it is.</source>
        <translation>
            <numerusform>The run has learned from %Ln of these digits: it looks better here than it is.</numerusform>
            <numerusform>The run has learned from %Ln of these digits: it looks better here than it is.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trained before %Ln sample(s) changed.</source>
        <translation>
            <numerusform>Trained before %Ln sample changed.</numerusform>
            <numerusform>Trained before %Ln samples changed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MistakeList</name>
    <message numerus="yes">
        <source>Removed the label from %Ln digit(s).</source>
        <translation>
            <numerusform>Removed the label from %Ln digit.</numerusform>
            <numerusform>Removed the label from %Ln digits.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Relabelled %Ln digit(s) as {0}.</source>
        <translation>
            <numerusform>Relabelled %Ln digit as {0}.</numerusform>
            <numerusform>Relabelled %Ln digits as {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved %Ln digit(s) to {0}.</source>
        <translation>
            <numerusform>Moved %Ln digit to {0}.</numerusform>
            <numerusform>Moved %Ln digits to {0}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deleted %Ln digit(s).</source>
        <translation>
            <numerusform>Deleted %Ln digit.</numerusform>
            <numerusform>Deleted %Ln digits.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln digit(s) that look like another one than their label</source>
        <translation>
            <numerusform>%Ln digit that looks like another one than its label</numerusform>
            <numerusform>%Ln digits that look like another one than their label</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelBar</name>
    <message numerus="yes">
        <source>Reads {accuracy} of %n validation digit(s) right, likely {low} to {high} of all such digits.</source>
        <translation>
            <numerusform>Reads {accuracy} of %n validation digit right, likely {low} to {high} of all such digits.</numerusform>
            <numerusform>Reads {accuracy} of %n validation digits right, likely {low} to {high} of all such digits.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PastWords</name>
    <message numerus="yes">
        <source>If you had stopped here: {share} of %Ln validation digit(s) (likely {low} to {high}).</source>
        <translation>
            <numerusform>If you had stopped here: {share} of %Ln validation digit (likely {low} to {high}).</numerusform>
            <numerusform>If you had stopped here: {share} of %Ln validation digits (likely {low} to {high}).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunComparison</name>
    <message numerus="yes">
        <source>%n seeds: lowest, median, highest (runs {0})</source>
        <translation>
            <numerusform>%n seed: lowest, median, highest (runs {0})</numerusform>
            <numerusform>%n seeds: lowest, median, highest (runs {0})</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunProgress</name>
    <message numerus="yes">
        <source>%Ln parameter(s)</source>
        <translation>
            <numerusform>%Ln parameter</numerusform>
            <numerusform>%Ln parameters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message numerus="yes">
        <source>%Ln epoch(s)</source>
        <translation>
            <numerusform>%Ln epoch</numerusform>
            <numerusform>%Ln epochs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunsPage</name>
    <message numerus="yes">
        <source>Deleted %Ln run(s).</source>
        <translation>
            <numerusform>Deleted %Ln run.</numerusform>
            <numerusform>Deleted %Ln runs.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%Ln digit(s)</source>
        <translation>
            <numerusform>%Ln digit</numerusform>
            <numerusform>%Ln digits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message numerus="yes">
        <source>Trained: {0} % of %Ln validation digit(s) are read right.</source>
        <translation>
            <numerusform>Trained: {0} % of %Ln validation digit is read right.</numerusform>
            <numerusform>Trained: {0} % of %Ln validation digits are read right.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrustDialog</name>
    <message numerus="yes">
        <source>Calibration error on %n validation digit(s): {before} before, {after} after dividing by a temperature of {temperature}.</source>
        <translation>
            <numerusform>Calibration error on %n validation digit: {before} before, {after} after dividing by a temperature of {temperature}.</numerusform>
            <numerusform>Calibration error on %n validation digits: {before} before, {after} after dividing by a temperature of {temperature}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WhyView</name>
    <message numerus="yes">
        <source>Of the {n} nearest, %n is/are labelled {digit}</source>
        <translation>
            <numerusform>Of the {n} nearest, %n is labelled {digit}</numerusform>
            <numerusform>Of the {n} nearest, %n are labelled {digit}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>(of the %Ln digit(s) it learnt from, compared in the last hidden layer)</source>
        <translation>
            <numerusform>(of the %Ln digit it learnt from, compared in the last hidden layer)</numerusform>
            <numerusform>(of the %Ln digits it learnt from, compared in the last hidden layer)</numerusform>
        </translation>
    </message>
</context>
</TS>
