<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About Digit Dojo</source>
        <translation>数字道場について</translation>
    </message>
    <message>
        <source>Digit Dojo {version}</source>
        <translation>数字道場 {version}</translation>
    </message>
    <message>
        <source>Draw or import handwritten digits, train a neural network on them, try it, and see how it learns. It runs offline and keeps everything in one file.

The starter digits are from MNIST (Yann LeCun, Corinna Cortes, Christopher Burges), CC BY-SA 3.0.

MIT licence. Python {python}, Qt {qt}.</source>
        <translation>手書きの数字を書いたり読み込んだりして、ニューラルネットワークを学習させ、試しながら、学習のしくみを目で見て確かめられます。インターネットは不要で、すべてが 1 つのファイルに入ります。

付属の数字の出典は MNIST(Yann LeCun、Corinna Cortes、Christopher Burges)、CC BY-SA 3.0 です。

MIT ライセンス。Python {python}、Qt {qt}。</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>ライセンス</translation>
    </message>
</context>
<context>
    <name>AmountsDialog</name>
    <message>
        <source>Augmentation: each amount</source>
        <translation>データ拡張の量</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>移動</translation>
    </message>
    <message>
        <source>How far a digit moves, in pixels of 28, in each direction.</source>
        <translation>上下左右に動かす量です(28 ピクセル中のピクセル数)。</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>回転</translation>
    </message>
    <message>
        <source>How far it is turned, to the left and to the right. Much of it makes a 1 look like a 7.</source>
        <translation>左右に回す角度です。大きくしすぎると、1 が 7 に見えるようになります。</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>拡大・縮小</translation>
    </message>
    <message>
        <source>How much wider or narrower, higher or lower it becomes.</source>
        <translation>幅と高さを、それぞれ広げたり縮めたりする割合です。</translation>
    </message>
    <message>
        <source>Shear</source>
        <translation>傾き</translation>
    </message>
    <message>
        <source>How far its top leans aside, in parts of the height.</source>
        <translation>字の上側を横へ傾ける量です(高さに対する割合)。</translation>
    </message>
    <message>
        <source>Thicker strokes</source>
        <translation>線を太く</translation>
    </message>
    <message>
        <source>How much of a pixel its strokes may grow at most.</source>
        <translation>線を太くする量の上限です(1 ピクセルに対する割合)。</translation>
    </message>
    <message>
        <source>Thinner strokes</source>
        <translation>線を細く</translation>
    </message>
    <message>
        <source>How much of a pixel its strokes may lose at most.</source>
        <translation>線を細くする量の上限です(1 ピクセルに対する割合)。</translation>
    </message>
    <message>
        <source>Elastic</source>
        <translation>ゆがみ</translation>
    </message>
    <message>
        <source>How far its parts are drawn apart, each another way, in pixels.</source>
        <translation>字の各部分を別々の向きにずらす量です(ピクセル)。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>AnswerStrip</name>
    <message>
        <source>A digit through the epochs</source>
        <translation>エポックごとの数字の読み取り</translation>
    </message>
    <message>
        <source>What the model read after each epoch; a stronger ground is a surer answer</source>
        <translation>各エポックの終わりにモデルが何と読んだか。色が濃いほど確信度が高い答えです</translation>
    </message>
    <message>
        <source>After epoch {epoch}: read as {digit}, {share} sure</source>
        <translation>エポック {epoch} の後: {digit} と読み、確信度は {share}</translation>
    </message>
</context>
<context>
    <name>AnswersModel</name>
    <message>
        <source>Picture</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>File</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Model sees</source>
        <translation>モデルの見え方</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答え</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>確信度</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>ラベル</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>No ink was found here.</source>
        <translation>何も書かれていません。</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正解</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>不正解</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>自信なし</translation>
    </message>
</context>
<context>
    <name>AnswersTable</name>
    <message>
        <source>Answers</source>
        <translation>読み取り結果</translation>
    </message>
    <message>
        <source>Enter puts the row on the canvas, F3 sorts by the column of the cell.</source>
        <translation>Enter で選んだ行をキャンバスに表示、F3 でその列を基準に並べ替えます。</translation>
    </message>
    <message>
        <source>Columns of the answers</source>
        <translation>読み取り結果の列</translation>
    </message>
</context>
<context>
    <name>AnswersWindow</name>
    <message>
        <source>Save the answers as</source>
        <translation>読み取り結果の保存先</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>読み取り結果</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>CSV 表</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>保存しました: {name}</translation>
    </message>
    <message>
        <source>Cancelled: not all was read.</source>
        <translation>中止しました。すべては読んでいません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s).</source>
        <translation>
            <numerusform>%Ln 件。</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} of {1} with a known label are right: {2} [{3} to {4}].</source>
        <translation>ラベルの分かる {1} 件中 {0} 件が正解: {2} [{3}〜{4}]。</translation>
    </message>
    <message>
        <source>That is too few digits to rely on.</source>
        <translation>数字が少なすぎて、当てになりません。</translation>
    </message>
    <message>
        <source>No label is known: put the pictures into folders named 0 to 9 to see what is right.</source>
        <translation>ラベルが分かりません。画像を 0〜9 という名前のフォルダーに分けると、正解かどうかが分かります。</translation>
    </message>
    <message numerus="yes">
        <source>The model is not sure of %Ln.</source>
        <translation>
            <numerusform>自信のないもの %Ln 件。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be read.</source>
        <translation>
            <numerusform>読めなかったもの %Ln 件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Answers for many files</source>
        <translation>まとめて読んだ結果</translation>
    </message>
    <message>
        <source>All answers</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Wrong only</source>
        <translation>不正解だけ</translation>
    </message>
    <message>
        <source>Not sure</source>
        <translation>自信なし</translation>
    </message>
    <message>
        <source>Not read</source>
        <translation>読めなかったもの</translation>
    </message>
    <message>
        <source>Which answers are shown</source>
        <translation>表示する結果</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>CSV に保存…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Progress of reading</source>
        <translation>読み取りの進み具合</translation>
    </message>
    <message>
        <source>A double click puts a row on the canvas.</source>
        <translation>ダブルクリックでキャンバスに表示します。</translation>
    </message>
</context>
<context>
    <name>ArithmeticView</name>
    <message>
        <source>Adding the digits…</source>
        <translation>数字を追加しています…</translation>
    </message>
    <message>
        <source>Add 10,000 starter digits</source>
        <translation>付属の数字を 10,000 個追加</translation>
    </message>
    <message>
        <source>Rehearsing needs own digits, and there are none yet: starter digits do not count.</source>
        <translation>復習には自分の数字が必要ですが、まだありません。付属の数字は数えません。</translation>
    </message>
    <message>
        <source>&lt;a href=&quot;data&quot;&gt;Draw or import your own&lt;/a&gt;, or set “Rehearse” to off.</source>
        <translation>&lt;a href=&quot;data&quot;&gt;自分で書くか読み込む&lt;/a&gt;か、「復習」を「なし」にしてください。</translation>
    </message>
    <message>
        <source>There are no labelled digits to learn from yet.</source>
        <translation>学習に使えるラベル付きの数字がまだありません。</translation>
    </message>
    <message>
        <source>&lt;a href=&quot;data&quot;&gt;Draw or import your own&lt;/a&gt;, or take ready ones:</source>
        <translation>&lt;a href=&quot;data&quot;&gt;自分で書くか読み込む&lt;/a&gt;か、用意された数字を使えます:</translation>
    </message>
    <message>
        <source>{images} ÷ {batch} = &lt;b&gt;{steps}&lt;/b&gt; an epoch</source>
        <translation>1 エポック: {images} ÷ {batch} = &lt;b&gt;{steps}&lt;/b&gt;</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln 枚</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln ステップ</numerusform>
        </translation>
    </message>
    <message>
        <source>× {epochs} = &lt;b&gt;{steps}&lt;/b&gt;</source>
        <translation>× {epochs} = &lt;b&gt;{steps}&lt;/b&gt;</translation>
    </message>
    <message numerus="yes">
        <source>%Ln epoch(s)</source>
        <translation>
            <numerusform>%Ln エポック</numerusform>
        </translation>
    </message>
    <message>
        <source>= {images} shown</source>
        <translation>= 延べ {images}を見せる</translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) redrawn from pen strokes</source>
        <translation>
            <numerusform>うち %Ln 枚はストロークから書き直す</numerusform>
        </translation>
    </message>
    <message>
        <source>None of them is stored as pen strokes.</source>
        <translation>ストロークで保存された数字はありません。</translation>
    </message>
    <message>
        <source>+ {images} held back for validation</source>
        <translation>+ 検証用に取り分けた {images}</translation>
    </message>
    <message>
        <source>No digits are held back for validation.</source>
        <translation>検証用に取り分けた数字はありません。</translation>
    </message>
    <message>
        <source>≈ less than a second here ({0} ms a step, measured)</source>
        <translation>≈ 1 秒未満(実測、1 ステップ {0} ms)</translation>
    </message>
    <message>
        <source>≈ {0} here ({1} ms a step, measured)</source>
        <translation>≈ {0}(実測、1 ステップ {1} ms)</translation>
    </message>
    <message>
        <source>Time: measuring…</source>
        <translation>所要時間: 測定中…</translation>
    </message>
    <message>
        <source>Examples:</source>
        <translation>例:</translation>
    </message>
    <message>
        <source>An example.</source>
        <translation>例です。</translation>
    </message>
    <message>
        <source>Calculate a textbook&apos;s example: images / batch size / epochs</source>
        <translation>教科書の例を計算します(画像の枚数 / バッチサイズ / エポック数)</translation>
    </message>
    <message>
        <source>Back to your digits</source>
        <translation>自分の数字に戻る</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>(the batch is larger than the data: one step of {images})</source>
        <translation>(バッチがデータより大きいため、{images}で 1 ステップ)</translation>
    </message>
    <message>
        <source>(each batch has {count})</source>
        <translation>(どのバッチも {count} 枚)</translation>
    </message>
    <message>
        <source>(the last batch has {count})</source>
        <translation>(最後のバッチは {count} 枚)</translation>
    </message>
</context>
<context>
    <name>AugmentChoice</name>
    <message>
        <source>Set shift, rotation, stroke width and the others one by one</source>
        <translation>移動・回転・線の太さなどを 1 つずつ設定します</translation>
    </message>
    <message>
        <source>Amounts of augmentation</source>
        <translation>データ拡張の量</translation>
    </message>
</context>
<context>
    <name>AugmentPreview</name>
    <message>
        <source>A digit as augmentation varies it</source>
        <translation>データ拡張による数字の変化</translation>
    </message>
    <message>
        <source>On the left a digit of yours, beside it as a training shows it to the network. Press for another one.</source>
        <translation>左端がもとの数字、その右が学習でネットワークに見せる形です。押すと別の数字になります。</translation>
    </message>
    <message>
        <source>A training shows a digit like this:</source>
        <translation>学習での見え方:</translation>
    </message>
</context>
<context>
    <name>AverageView</name>
    <message>
        <source>Average starter {0}</source>
        <translation>付属の {0} の平均</translation>
    </message>
    <message>
        <source>The average {0} of the starter digits; the shipped model learnt from their kind</source>
        <translation>付属の数字の {0} の平均です。付属モデルは同じ種類の数字から学習しました。</translation>
    </message>
    <message>
        <source>Average {0}</source>
        <translation>{0} の平均</translation>
    </message>
    <message>
        <source>The average {0} of the digits that this run has learnt from</source>
        <translation>この実行が学習に使った数字の {0} の平均です。</translation>
    </message>
    <message>
        <source>The average {0} that this run was shown while it learned: your own digits, and the starter digits that it rehearsed</source>
        <translation>この実行が学習中に見た {0} の平均(自分の数字と、おさらいした付属の数字)</translation>
    </message>
    <message>
        <source>Average digit</source>
        <translation>平均の数字</translation>
    </message>
</context>
<context>
    <name>BatchTable</name>
    <message>
        <source>The images of this batch</source>
        <translation>このバッチの画像</translation>
    </message>
    <message>
        <source>Label {0}.</source>
        <translation>ラベル {0}。</translation>
    </message>
    <message>
        <source>Before: {0} ({1}), loss {2}</source>
        <translation>更新前: {0}({1})、損失 {2}</translation>
    </message>
    <message>
        <source>After: {0} ({1}), loss {2}</source>
        <translation>更新後: {0}({1})、損失 {2}</translation>
    </message>
</context>
<context>
    <name>BatchWalk</name>
    <message>
        <source>Step</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Feed one batch and change the parameters once.</source>
        <translation>バッチを 1 つ入れ、パラメーターを 1 回変えます。</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>ゆっくり</translation>
    </message>
    <message>
        <source>One step after the other, slowly enough to follow.</source>
        <translation>目で追える速さで、1 ステップずつ進めます。</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>連続</translation>
    </message>
    <message>
        <source>One step after the other, quickly.</source>
        <translation>1 ステップずつ、すばやく進めます。</translation>
    </message>
    <message>
        <source>Here you see a step from inside: the training digits are shuffled like a deck of cards, the deck is cut into batches, and one batch is fed. You see what the network takes its images for, and again once its parameters have changed.

Press Step.</source>
        <translation>ここでは 1 ステップの中身が見えます。学習用の数字をトランプのように切り混ぜ、バッチに分け、1 つのバッチをネットワークに入れます。その画像を何と読むか、そしてパラメーターを変えたあとに何と読むかを見比べられます。

「ステップ」を押してください。</translation>
    </message>
    <message>
        <source>7 → 3: what it is taken for before and after the update, struck out where wrong. Bars: its loss before (pale) and after.</source>
        <translation>7 → 3: 更新前と更新後の答え(取り消し線は誤り)。棒: 更新前(淡色)と更新後の損失。</translation>
    </message>
    <message>
        <source>Step {0}: batch {1} of {2} in epoch {3}, cards {4}–{5} of {6}</source>
        <translation>ステップ {0}: エポック {3} のバッチ {1} / {2}({6} 枚の {4}〜{5} 枚目)</translation>
    </message>
    <message>
        <source>Step {0}: batch {1} of {2} in epoch {3}, draws {4}–{5} of {6}</source>
        <translation>ステップ {0}: エポック {3} のバッチ {1} / {2}({6} 回引くうちの {4}〜{5} 回目)</translation>
    </message>
    <message>
        <source>loss {0} · read right: {1} of {2}</source>
        <translation>損失 {0} · 正解 {1} / {2}</translation>
    </message>
    <message>
        <source>loss {0} → {1} · read right: {2} → {3} of {4}</source>
        <translation>損失 {0} → {1} · 正解 {2} → {3} / {4}</translation>
    </message>
    <message>
        <source>{0} more are not shown</source>
        <translation>ほか {0} 枚は表示していません</translation>
    </message>
</context>
<context>
    <name>BoxedPicture</name>
    <message>
        <source>The picture of the chosen row</source>
        <translation>選んだ行の画像</translation>
    </message>
    <message numerus="yes">
        <source>%Ln digit(s) found: {0}</source>
        <translation>
            <numerusform>見つかった数字 %Ln 個: {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BrowsePanel</name>
    <message numerus="yes">
        <source>%Ln digit(s): {splits}</source>
        <translation>
            <numerusform>数字 %Ln 個: {splits}</numerusform>
        </translation>
    </message>
    <message>
        <source>No digit matches this choice. “Show all” brings them back.</source>
        <translation>この条件に合う数字はありません。「すべて表示」で元に戻ります。</translation>
    </message>
</context>
<context>
    <name>ChoiceWords</name>
    <message>
        <source>Batch size: from 8 up</source>
        <translation>バッチサイズを 8 から大きくする</translation>
    </message>
    <message>
        <source>5 epochs against 40, on a perceptron</source>
        <translation>5 エポックと 40 エポック(パーセプトロン)</translation>
    </message>
    <message>
        <source>More data</source>
        <translation>データの量を増やす</translation>
    </message>
    <message>
        <source>Transfer: random start, shipped model, its last layer only</source>
        <translation>転移学習: 乱数から・付属モデルから・その最後の層だけ</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>データ拡張</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>エポック数</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>バッチサイズ</translation>
    </message>
    <message>
        <source>Digits to learn from</source>
        <translation>学習に使う数字</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>開始点</translation>
    </message>
    <message>
        <source>off</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>light</source>
        <translation>弱</translation>
    </message>
    <message>
        <source>strong</source>
        <translation>強</translation>
    </message>
    <message>
        <source>random</source>
        <translation>乱数</translation>
    </message>
    <message>
        <source>shipped</source>
        <translation>付属</translation>
    </message>
    <message>
        <source>shipped (last layer)</source>
        <translation>付属(最後の層)</translation>
    </message>
    <message>
        <source>as set</source>
        <translation>設定どおり</translation>
    </message>
</context>
<context>
    <name>CompareBars</name>
    <message>
        <source>How probable A (up) and B (down) find each digit</source>
        <translation>A(上)と B(下)が各数字をどれだけ確からしいと見るか</translation>
    </message>
    <message>
        <source>Nothing is read</source>
        <translation>何も読み取っていません</translation>
    </message>
</context>
<context>
    <name>CompareSide</name>
    <message>
        <source>Model {0}</source>
        <translation>モデル {0}</translation>
    </message>
    <message>
        <source>Epoch of model {0}</source>
        <translation>モデル {0} のエポック</translation>
    </message>
    <message>
        <source>The model that the run had after this epoch</source>
        <translation>このエポックのあとのモデル</translation>
    </message>
    <message>
        <source>Model {0} reads</source>
        <translation>モデル {0} の答え</translation>
    </message>
    <message>
        <source>How sure model {0} is</source>
        <translation>モデル {0} の確信度</translation>
    </message>
    <message>
        <source>best epoch</source>
        <translation>最良のエポック</translation>
    </message>
    <message>
        <source>epoch {0}</source>
        <translation>エポック {0}</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Choose two models to compare.</source>
        <translation>比べるモデルを 2 つ選んでください。</translation>
    </message>
    <message>
        <source>Getting the models ready…</source>
        <translation>モデルを準備しています…</translation>
    </message>
    <message>
        <source>Write a digit. Both models read it while you write.</source>
        <translation>数字を書いてください。書いている間に 2 つのモデルが読みます。</translation>
    </message>
    <message>
        <source>Both read {0}, equally sure.</source>
        <translation>どちらも {0} と読み、確信度もほぼ同じです。</translation>
    </message>
    <message>
        <source>Both read {0}; {1} is surer.</source>
        <translation>どちらも {0} と読みましたが、{1} のほうが確信しています。</translation>
    </message>
    <message>
        <source>They differ: A reads {0}, B reads {1}.</source>
        <translation>答えが違います: A は {0}、B は {1} と読みました。</translation>
    </message>
    <message>
        <source>A reads {0}, B is not sure.</source>
        <translation>A は {0} と読み、B は確信がありません。</translation>
    </message>
    <message>
        <source>B reads {0}, A is not sure.</source>
        <translation>B は {0} と読み、A は確信がありません。</translation>
    </message>
    <message>
        <source>Neither is sure.</source>
        <translation>どちらも確信がありません。</translation>
    </message>
    <message>
        <source>Furthest apart on {0}: {1} against {2}.</source>
        <translation>差が最も大きいのは {0} です({1} と {2})。</translation>
    </message>
</context>
<context>
    <name>ConfidenceBars</name>
    <message>
        <source>How probable the model finds each digit</source>
        <translation>各数字についてモデルが見積もった確率</translation>
    </message>
    <message>
        <source>{digit}: {share}</source>
        <translation>{digit}: {share}</translation>
    </message>
    <message>
        <source>Nothing is read</source>
        <translation>何も読み取っていません</translation>
    </message>
</context>
<context>
    <name>ConfigForm</name>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>出発点</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>エポック数</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>バッチサイズ</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>データ拡張</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>デバイス</translation>
    </message>
    <message>
        <source>Hidden layer 1</source>
        <translation>隠れ層 1</translation>
    </message>
    <message>
        <source>Hidden layer 2</source>
        <translation>隠れ層 2</translation>
    </message>
    <message>
        <source>Layers that learn</source>
        <translation>学習する層</translation>
    </message>
    <message>
        <source>Digits to learn from</source>
        <translation>学習に使う数字</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>バッチの作り方</translation>
    </message>
    <message>
        <source>Early stopping</source>
        <translation>早期終了</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>待つエポック数</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>重み減衰</translation>
    </message>
    <message>
        <source>Rehearse</source>
        <translation>復習</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>乱数シード</translation>
    </message>
    <message>
        <source>Perceptron (MLP)</source>
        <translation>パーセプトロン (MLP)</translation>
    </message>
    <message>
        <source>Convolutional (CNN)</source>
        <translation>畳み込み (CNN)</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>弱</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>強</translation>
    </message>
    <message>
        <source>Shuffled, each once</source>
        <translation>シャッフル(1 回ずつ)</translation>
    </message>
    <message>
        <source>Drawn with replacement</source>
        <translation>復元抽出(重複あり)</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>プロセッサー (CPU)</translation>
    </message>
    <message>
        <source>When it stops improving</source>
        <translation>改善が止まったら終了</translation>
    </message>
    <message>
        <source> epochs</source>
        <translation> エポック</translation>
    </message>
    <message>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>off</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>All</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>The last one only</source>
        <translation>最後の層だけ</translation>
    </message>
    <message>
        <source>all there are</source>
        <translation>すべて使う</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>詳細設定</translation>
    </message>
    <message>
        <source>Random numbers</source>
        <translation>乱数(ゼロから)</translation>
    </message>
    <message>
        <source>Shipped model</source>
        <translation>付属モデル</translation>
    </message>
    <message>
        <source>Run {0}</source>
        <translation>実行 {0}</translation>
    </message>
    <message>
        <source>Pen strokes</source>
        <translation>ストローク</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>クラスの重み</translation>
    </message>
    <message>
        <source>As stored</source>
        <translation>保存のまま</translation>
    </message>
    <message>
        <source>Redrawn each epoch</source>
        <translation>エポックごとに書き直す</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均等にする</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>カスタム</translation>
    </message>
</context>
<context>
    <name>ConfigTexts</name>
    <message>
        <source>The kind of network. The perceptron looks at all pixels at once and is quick. The convolutional network looks for strokes and corners, and reads digits better.</source>
        <translation>ネットワークの種類です。パーセプトロンはすべての画素を一度に見るので速く動きます。畳み込みネットワークは線や角を探すので、数字をより正確に読めます。</translation>
    </message>
    <message>
        <source>Random numbers: it knows nothing at first. A trained model: it goes on from what that model knows, which helps most when there are few digits.</source>
        <translation>乱数: 最初は何も知りません。学習済みモデル: その知識を引き継いで学びます。数字が少ないときに特に役立ちます。</translation>
    </message>
    <message>
        <source>One epoch shows every training digit once. More epochs learn more, until the network only memorises its digits.</source>
        <translation>1 エポックで、学習用の数字をすべて 1 回ずつ見せます。エポックを重ねるほどよく学びますが、やがて手元の数字を丸暗記するだけになります。</translation>
    </message>
    <message>
        <source>How many digits are shown together before the parameters, the numbers that the network learns, change once. That is one step. Type any number; the arrows double and halve it.</source>
        <translation>何個の数字をまとめて見せてから、パラメーター(ネットワークが学ぶ数値)を 1 回変えるかです。この 1 回が 1 ステップです。好きな数を入力できます。矢印を押すと 2 倍、半分になります。</translation>
    </message>
    <message>
        <source>How far the parameters move in a step. Too small: it learns slowly. Too large: the loss jumps or stops being a number. It rises at first and falls towards the end; this is its highest value.</source>
        <translation>1 ステップでパラメーターをどれだけ動かすかです。小さすぎると学習が遅く、大きすぎると損失が跳ね上がったり数値でなくなったりします。学習率は初めに上がり、終わりに向けて下がります。ここで決めるのはその最大値です。</translation>
    </message>
    <message>
        <source>What computes. Automatic takes a graphics card where there is one that can, else the processor; the one in use is shown while it trains.</source>
        <translation>どこで計算するかです。「自動」は、使えるグラフィックスカードがあればそれを、なければプロセッサーを使います。使用中のデバイスは学習中に表示されます。</translation>
    </message>
    <message>
        <source>Units in the perceptron&apos;s first hidden layer. More of them can learn more, but take longer and memorise sooner.</source>
        <translation>パーセプトロンの 1 つ目の隠れ層のユニット数です。多いほど多くを学べますが、時間がかかり、丸暗記もしやすくなります。</translation>
    </message>
    <message>
        <source>Units in a second hidden layer; “none” leaves it out.</source>
        <translation>2 つ目の隠れ層のユニット数です。「なし」にすると 2 つ目の層を置きません。</translation>
    </message>
    <message>
        <source>With a trained model to start from: let all its layers learn on, or the last one only, which decides by what the others have learnt to see.</source>
        <translation>学習済みのモデルから始めるとき、すべての層を学習させるか、最後の層だけを学習させるかを選びます。最後の層は、ほかの層が見分け方を学んだ結果をもとに答えを決めます。</translation>
    </message>
    <message>
        <source>How many of your training digits are used, all ten classes alike: to see what more data does.</source>
        <translation>学習用の数字のうち何個を使うか(10 クラス均等)。データを増やす効果を確かめられます。</translation>
    </message>
    <message>
        <source>Shuffled: each digit is shown exactly once an epoch. With replacement: each batch is drawn anew, so that some digits come twice or three times and some never.</source>
        <translation>シャッフル: 各数字を 1 エポックにちょうど 1 回ずつ見せます。復元抽出: バッチごとに選び直すため、2 回、3 回と出る数字もあれば、一度も出ない数字もあります。</translation>
    </message>
    <message>
        <source>Ends the training when the validation loss no longer gets better, and keeps the best epoch.</source>
        <translation>検証損失が下がらなくなったら学習を終え、最良のエポックを残します。</translation>
    </message>
    <message>
        <source>For how many epochs in a row it may fail to get better before the training ends.</source>
        <translation>検証損失が下がらないエポックが何回続いたら学習を終えるかです。</translation>
    </message>
    <message>
        <source>Pulls all parameters a little towards zero in every step, against memorising.</source>
        <translation>ステップごとにすべてのパラメーターを少しゼロに近づけ、丸暗記を防ぎます。</translation>
    </message>
    <message>
        <source>For a few digits of your own, on top of a trained model: only they are learned, and this many starter digits are mixed into each epoch, so that nothing is forgotten.</source>
        <translation>自分の数字が少しだけあるとき、学習済みのモデルに使います。学習するのは自分の数字だけで、忘れないように付属の数字をエポックごとにこの数だけ混ぜます。</translation>
    </message>
    <message>
        <source>The number all chance comes from. The same seed, digits and settings give the same training again.</source>
        <translation>乱数の元になる数です。シード、数字、設定が同じなら、同じ学習を再現できます。</translation>
    </message>
    <message>
        <source>Shows each digit a little shifted, turned and stretched, differently every epoch. It helps most when there are few digits. The button beside it opens each amount.</source>
        <translation>数字をエポックごとに少しずらし、回し、伸び縮みさせて見せます。数字が少ないときに特に効きます。横のボタンで量を 1 つずつ決められます。</translation>
    </message>
    <message>
        <source>Digits that were written with a pen or mouse, or imported as strokes, can be drawn anew each epoch, with another slant, pen and tremor, as the same hand might write them another time. Pictures stay as they are.</source>
        <translation>ペンやマウスで書いた数字と、ストロークで読み込んだ数字を、エポックごとに傾き・太さ・ふるえを変えて書き直します。同じ人が書き直したときのような形になります。画像だけの数字はそのままです。</translation>
    </message>
    <message>
        <source>Balanced: errors on a digit count the more, the fewer of it there are, so that rare ones are learnt too. The curves show the plain loss either way.</source>
        <translation>均等にする: 数の少ない数字の誤りほど重く数え、少ない数字も学べるようにします。グラフの損失は、どちらの場合も重みなしの値です。</translation>
    </message>
</context>
<context>
    <name>ConfusionModel</name>
    <message>
        <source>all</source>
        <translation>計</translation>
    </message>
    <message>
        <source>written {0}</source>
        <translation>正解 {0}</translation>
    </message>
    <message>
        <source>All mistakes</source>
        <translation>すべての間違い</translation>
    </message>
    <message>
        <source>Written {0}, read wrongly</source>
        <translation>正解 {0} の読み間違い</translation>
    </message>
    <message>
        <source>Wrongly read as {0}</source>
        <translation>誤って {0} と読まれた数字</translation>
    </message>
    <message numerus="yes">
        <source>%Ln mistake(s)</source>
        <translation>
            <numerusform>間違い %Ln 個</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln digit(s)</source>
        <translation>
            <numerusform>数字 %Ln 個</numerusform>
        </translation>
    </message>
    <message>
        <source>Written {0}, read wrongly: {1}</source>
        <translation>正解 {0} の読み間違い: {1} 個</translation>
    </message>
    <message>
        <source>Written {0}: {1}</source>
        <translation>正解 {0}: {1} 個</translation>
    </message>
    <message>
        <source>Wrongly read as {0}: {1}</source>
        <translation>誤って {0} と読まれた数字: {1} 個</translation>
    </message>
    <message>
        <source>Read as {0}: {1}</source>
        <translation>{0} と読まれた数字: {1} 個</translation>
    </message>
    <message>
        <source>Written {0}, read as {1}: {2} ({3} of all {0}s)</source>
        <translation>正解 {0} を {1} と読んだもの: {2} 個({0} 全体の {3})</translation>
    </message>
</context>
<context>
    <name>ConfusionTable</name>
    <message>
        <source>Confusion matrix: rows are what is written, columns what is read</source>
        <translation>混同行列: 行が正解、列がモデルの答え</translation>
    </message>
</context>
<context>
    <name>ConfusionView</name>
    <message>
        <source>Which digit is taken for which</source>
        <translation>どの数字をどの数字と読んだか(混同行列)</translation>
    </message>
    <message>
        <source>answer →   (rows: the true digit)</source>
        <translation>モデルの答え →   (行: 正しい数字)</translation>
    </message>
    <message>
        <source>read right</source>
        <translation>正解率</translation>
    </message>
    <message>
        <source>Read as {answer}: {count} of {total} that are a {true}.</source>
        <translation>正しくは {true} の数字 {total} 個のうち {count} 個を {answer} と読みました。</translation>
    </message>
    <message>
        <source>Without validation digits there is nothing to count.</source>
        <translation>検証用の数字がないため、集計できません。</translation>
    </message>
    <message>
        <source>{true} taken for {answer}: {count}</source>
        <translation>{true} を {answer} と読んだ: {count}</translation>
    </message>
    <message>
        <source>All of them are read right.</source>
        <translation>すべて正しく読めています。</translation>
    </message>
</context>
<context>
    <name>CountsView</name>
    <message>
        <source>Number of digits of each label</source>
        <translation>ラベルごとの数字の個数</translation>
    </message>
    <message>
        <source>Without a label: {0}</source>
        <translation>ラベルなし: {0}</translation>
    </message>
    <message>
        <source>Digit {0}: {1}</source>
        <translation>数字 {0}: {1}</translation>
    </message>
</context>
<context>
    <name>CurveLegend</name>
    <message>
        <source>training</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Mean of each epoch, on the digits it learns from.</source>
        <translation>学習に使った数字での、エポックごとの平均です。</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>検証</translation>
    </message>
    <message>
        <source>On digits held back: it never learns from them.</source>
        <translation>取り分けておいた数字での値です。この数字からは学びません。</translation>
    </message>
    <message>
        <source>single steps</source>
        <translation>各ステップ</translation>
    </message>
    <message>
        <source>One batch at a time: small batches make it noisy.</source>
        <translation>バッチ 1 つごとの値です。バッチが小さいほど揺れます。</translation>
    </message>
    <message>
        <source>best epoch</source>
        <translation>最良のエポック</translation>
    </message>
    <message>
        <source>stopped early</source>
        <translation>早期終了</translation>
    </message>
    <message>
        <source>Early stopping ended the training here: it no longer got better.</source>
        <translation>よくならなくなったため、ここで早期終了しました。</translation>
    </message>
    <message>
        <source>The epoch with the lowest validation loss; its model is kept.</source>
        <translation>検証損失が最も低いエポックです。このモデルが残ります。</translation>
    </message>
</context>
<context>
    <name>CurveTools</name>
    <message>
        <source>Show the whole curves</source>
        <translation>グラフ全体を表示</translation>
    </message>
    <message>
        <source>Show the whole curves again (Home, or a double click)</source>
        <translation>グラフ全体の表示に戻します(Home キーまたはダブルクリック)</translation>
    </message>
    <message>
        <source>More about the curves</source>
        <translation>グラフのその他の操作</translation>
    </message>
    <message>
        <source>Smooth, copy or save the curves</source>
        <translation>グラフの平滑化・コピー・保存</translation>
    </message>
    <message>
        <source>S&amp;mooth the single steps</source>
        <translation>各ステップの平滑化(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Off</source>
        <translation>なし(&amp;O)</translation>
    </message>
    <message numerus="yes">
        <source>Mean of %Ln point(s)</source>
        <translation>
            <numerusform>%Ln 点の平均</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the &amp;learning rate</source>
        <translation>学習率を表示(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Copy as a picture</source>
        <translation>画像としてコピー(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Save the picture (PNG, SVG)…</source>
        <translation>画像を保存(PNG、SVG)(&amp;S)…</translation>
    </message>
    <message>
        <source>Save the &amp;values (CSV)…</source>
        <translation>値を保存(CSV)(&amp;V)…</translation>
    </message>
    <message>
        <source>Save for &amp;TensorBoard…</source>
        <translation>TensorBoard 用に保存(&amp;T)…</translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message>
        <source>Compare: previous run</source>
        <translation>比較: 前の実行</translation>
    </message>
    <message>
        <source>Compare: nothing</source>
        <translation>比較: なし</translation>
    </message>
    <message>
        <source>Compare: {0}</source>
        <translation>比較: {0}</translation>
    </message>
    <message>
        <source>by epoch</source>
        <translation>横軸: エポック</translation>
    </message>
    <message>
        <source>by step</source>
        <translation>横軸: ステップ</translation>
    </message>
    <message>
        <source>by images seen</source>
        <translation>横軸: 見せた画像数</translation>
    </message>
    <message>
        <source>by seconds</source>
        <translation>横軸: 秒</translation>
    </message>
    <message>
        <source>Horizontal axis of the curves</source>
        <translation>グラフの横軸</translation>
    </message>
    <message>
        <source>What the curves are drawn against. Runs on different amounts of data are compared fairly by step or by images seen, not by epoch.</source>
        <translation>グラフの横軸です。データの量が違う実行どうしは、エポックではなく、ステップか見せた画像数で比べると公平です。</translation>
    </message>
    <message>
        <source>Run to compare with</source>
        <translation>比較する実行</translation>
    </message>
    <message>
        <source>Draws another run in grey beneath this one.</source>
        <translation>別の実行を灰色で重ねて表示します。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>正解率</translation>
    </message>
    <message>
        <source>Curve of the loss: how wrong the answers are; lower is better</source>
        <translation>損失のグラフ: 答えの誤りの大きさ。低いほど良い</translation>
    </message>
    <message>
        <source>Curve of the accuracy: the share of right answers; higher is better</source>
        <translation>正解率のグラフ: 正しく答えた割合。高いほど良い</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学習率</translation>
    </message>
    <message>
        <source>Curve of the learning rate: how far the parameters move in a step</source>
        <translation>学習率のグラフ: 1 ステップでパラメーターを動かす大きさ</translation>
    </message>
    <message>
        <source>Turn the wheel to zoom, drag to move; a double click shows everything again. With the keyboard: arrows move the cursor, + and − zoom, Home shows everything.</source>
        <translation>ホイールで拡大・縮小、ドラッグで移動、ダブルクリックで全体の表示に戻ります。キーボードでは、矢印キーでカーソルを移動、+ と − で拡大・縮小、Home で全体を表示します。</translation>
    </message>
    <message>
        <source>learning rate {0}</source>
        <translation>学習率 {0}</translation>
    </message>
    <message>
        <source>Epoch {0}</source>
        <translation>エポック {0}</translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message>
        <source>Images ({0})</source>
        <translation>画像 ({0})</translation>
    </message>
    <message>
        <source>Digit data ({0})</source>
        <translation>数字データ ({0})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Import images</source>
        <translation>画像の読み込み</translation>
    </message>
    <message>
        <source>Import a folder of images</source>
        <translation>画像のフォルダーの読み込み</translation>
    </message>
    <message>
        <source>An import is under way. Wait for its end, or cancel it.</source>
        <translation>読み込み中です。終わるのを待つか、中止してください。</translation>
    </message>
    <message>
        <source>Nothing is written yet. Write a digit first, then press its key.</source>
        <translation>まだ何も書かれていません。先に数字を書いてから、その数字のキーを押してください。</translation>
    </message>
    <message>
        <source>Added a {0} ({1} now).</source>
        <translation>{0} を追加しました(現在 {1} 個)。</translation>
    </message>
    <message numerus="yes">
        <source>Removed the label from %Ln digit(s).</source>
        <translation>
            <numerusform>数字 %Ln 個のラベルを外しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Relabelled %Ln digit(s) as {0}.</source>
        <translation>
            <numerusform>数字 %Ln 個のラベルを {0} に変えました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved %Ln digit(s) to {0}.</source>
        <translation>
            <numerusform>数字 %Ln 個を{0}に移しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deleted %Ln digit(s).</source>
        <translation>
            <numerusform>数字 %Ln 個を削除しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Something else has changed since. Undo goes back step by step.</source>
        <translation>その後にほかの変更がありました。「元に戻す」で 1 つずつ戻せます。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Import cancelled.</source>
        <translation>読み込みを中止しました。</translation>
    </message>
    <message numerus="yes">
        <source>Added %Ln digit(s).</source>
        <translation>
            <numerusform>数字を %Ln 個追加しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln digit(s) were here already.</source>
        <translation>
            <numerusform>%Ln 個はすでにありました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) were left out; the list tells why.</source>
        <translation>
            <numerusform>ファイル %Ln 個は読み込めませんでした。理由は一覧にあります。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln digit(s) have no label yet and are selected: press a digit key.</source>
        <translation>
            <numerusform>選択中の %Ln 個にはまだラベルがありません。数字キーを押すとラベルが付きます。</numerusform>
        </translation>
    </message>
    <message>
        <source>Import images…</source>
        <translation>画像を読み込む…</translation>
    </message>
    <message>
        <source>Import images or other files</source>
        <translation>画像などのファイルを読み込む</translation>
    </message>
    <message>
        <source>Import folder…</source>
        <translation>フォルダーを読み込む…</translation>
    </message>
    <message>
        <source>Add starter digits</source>
        <translation>付属の数字を追加</translation>
    </message>
    <message>
        <source>Add the 10,000 starter digits</source>
        <translation>付属の数字 10,000 個を追加</translation>
    </message>
</context>
<context>
    <name>DeviceWords</name>
    <message numerus="yes">
        <source>%Ln thread(s)</source>
        <translation>
            <numerusform>%Ln スレッド</numerusform>
        </translation>
    </message>
    <message>
        <source>{kind} ({more})</source>
        <translation>{kind}({more})</translation>
    </message>
</context>
<context>
    <name>DigitScores</name>
    <message>
        <source>all</source>
        <translation>計</translation>
    </message>
    <message>
        <source>Digit</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>個数</translation>
    </message>
    <message>
        <source>Digits with this label</source>
        <translation>このラベルの数字の個数</translation>
    </message>
    <message>
        <source>Recall %</source>
        <translation>再現率 %</translation>
    </message>
    <message>
        <source>Share of the digits with this label that are read right; likely range for all such digits</source>
        <translation>このラベルの数字のうち正しく読まれた割合と、同じような数字全体でのおおよその範囲</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>答えた回数</translation>
    </message>
    <message>
        <source>How often this digit is the answer</source>
        <translation>この数字と答えた回数</translation>
    </message>
    <message>
        <source>Precision %</source>
        <translation>適合率 %</translation>
    </message>
    <message>
        <source>Share of these answers that are right; likely range</source>
        <translation>この数字と答えたうち正しかった割合と、おおよその範囲</translation>
    </message>
    <message>
        <source>Harmonic mean of recall and precision, in percent</source>
        <translation>再現率と適合率の調和平均(%)</translation>
    </message>
    <message>
        <source>Recall and precision of each digit</source>
        <translation>数字ごとの再現率と適合率</translation>
    </message>
</context>
<context>
    <name>Document</name>
    <message>
        <source>Untitled</source>
        <translation>名称未設定</translation>
    </message>
</context>
<context>
    <name>DocumentCommands</name>
    <message>
        <source>One document at a time: only {name} was taken of what was dropped. To import pictures, drop them without a document.</source>
        <translation>一度に開けるドキュメントは 1 つです。ドロップされたもののうち、{name} だけを受け取りました。画像を読み込むには、画像だけをドロップしてください。</translation>
    </message>
    <message>
        <source>Everything is saved already: each change goes into {name} at once.</source>
        <translation>すべて保存済みです。変更するたびに、すぐ {name} に保存されます。</translation>
    </message>
    <message>
        <source>My digits</source>
        <translation>自分の数字</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>{name} として保存しました。</translation>
    </message>
    <message>
        <source>{name} is not where it was: it was moved, renamed or deleted while it is open here. Save it under a name, so that nothing is lost.</source>
        <translation>開いている間に {name} が移動、名前の変更、または削除されました。内容を失わないよう、名前を付けて保存してください。</translation>
    </message>
    <message>
        <source>Save As…</source>
        <translation>名前を付けて保存…</translation>
    </message>
    <message>
        <source>Digits are being added. Try again when they are all there.</source>
        <translation>数字を追加しています。終わってからもう一度お試しください。</translation>
    </message>
    <message>
        <source>A training is running in this document. Stop it first; what it learnt is kept.</source>
        <translation>このドキュメントで学習中です。先に学習を止めてください。学んだ内容は残ります。</translation>
    </message>
    <message>
        <source>Stop and go on</source>
        <translation>学習を止めて続ける</translation>
    </message>
</context>
<context>
    <name>Dojo</name>
    <message>
        <source>Your last digits are here again.</source>
        <translation>前回の数字を開きました。</translation>
    </message>
    <message>
        <source>The last change of your runs was taken back.</source>
        <translation>実行への最後の変更を元に戻しました。</translation>
    </message>
    <message>
        <source>The last change of your digits was taken back.</source>
        <translation>数字の直前の変更を元に戻しました。</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直し</translation>
    </message>
    <message>
        <source>The last change of your runs was made again.</source>
        <translation>実行への最後の変更をやり直しました。</translation>
    </message>
    <message>
        <source>Something else has changed since. Undo goes back step by step.</source>
        <translation>その後にほかの変更がありました。「元に戻す」で 1 つずつ戻せます。</translation>
    </message>
    <message>
        <source>The last change of your digits was made again.</source>
        <translation>数字の変更をやり直しました。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
</context>
<context>
    <name>DrawingPanel</name>
    <message>
        <source>Drawing canvas</source>
        <translation>手書き用キャンバス</translation>
    </message>
    <message>
        <source>Write one digit with mouse, pen or finger, then press its key 0 to 9. Escape clears.</source>
        <translation>マウス、ペン、指で数字を 1 つ書き、その数字のキー(0〜9)を押します。Esc で消えます。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Take the last stroke back (Ctrl+Z)</source>
        <translation>最後の一画を取り消す (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Take the last stroke back</source>
        <translation>最後の一画を取り消す</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>消去</translation>
    </message>
    <message>
        <source>Empty the canvas (Esc)</source>
        <translation>キャンバスを空にする (Esc)</translation>
    </message>
    <message>
        <source>Empty the canvas</source>
        <translation>キャンバスを空にする</translation>
    </message>
    <message>
        <source>The model sees</source>
        <translation>モデルが見る画像</translation>
    </message>
    <message>
        <source>What did you write? Press its key or button:</source>
        <translation>書いた数字のキーかボタンを押してください:</translation>
    </message>
    <message>
        <source>Write a {0} here</source>
        <translation>ここに {0} を書いてください</translation>
    </message>
</context>
<context>
    <name>DrawnView</name>
    <message>
        <source>How often each image was drawn in this epoch</source>
        <translation>このエポックで各画像が引かれた回数</translation>
    </message>
    <message>
        <source>shuffled</source>
        <translation>シャッフル</translation>
    </message>
    <message>
        <source>with replacement</source>
        <translation>復元抽出</translation>
    </message>
    <message>
        <source>if {0}</source>
        <translation>{0}の場合</translation>
    </message>
    <message>
        <source>{0}×: {1}</source>
        <translation>{0} 回: {1} 枚</translation>
    </message>
</context>
<context>
    <name>DropVeil</name>
    <message>
        <source>Drop images or folders here to import them</source>
        <translation>画像やフォルダーをここにドロップして読み込む</translation>
    </message>
</context>
<context>
    <name>EmptyData</name>
    <message>
        <source>No digits yet</source>
        <translation>数字はまだありません</translation>
    </message>
    <message>
        <source>Write one on the left and press its key, drop images or a folder here, or begin with digits that others wrote.</source>
        <translation>左に書いてその数字のキーを押すか、画像やフォルダーをここにドロップしてください。ほかの人が書いた数字から始めることもできます。</translation>
    </message>
    <message>
        <source>Start with 10,000 digits</source>
        <translation>数字 10,000 個で始める</translation>
    </message>
</context>
<context>
    <name>EmptyRuns</name>
    <message>
        <source>No runs yet</source>
        <translation>実行はまだありません</translation>
    </message>
    <message>
        <source>Each training is kept here as a run, with its settings and its result, so that you can see what a change of them does.</source>
        <translation>学習するたびに、設定と結果が「実行」としてここに残ります。設定を変えると何が変わるかを比べられます。</translation>
    </message>
    <message>
        <source>Train the first one</source>
        <translation>最初の学習へ</translation>
    </message>
</context>
<context>
    <name>ExperimentResults</name>
    <message>
        <source>Accuracy, % (dashed: validation with its 95 % interval)</source>
        <translation>正解率 %(破線: 検証と 95 % 信頼区間)</translation>
    </message>
    <message>
        <source>Noise from batch to batch, % of the loss</source>
        <translation>バッチごとの損失のばらつき(損失に対する %)</translation>
    </message>
    <message>
        <source>Images a second</source>
        <translation>1 秒あたりの画像数</translation>
    </message>
    <message>
        <source>Memory of one step, MiB</source>
        <translation>1 ステップのメモリー(MiB)</translation>
    </message>
    <message>
        <source>by epoch</source>
        <translation>エポックごと</translation>
    </message>
    <message>
        <source>by step</source>
        <translation>ステップごと</translation>
    </message>
    <message>
        <source>by images seen</source>
        <translation>見た画像の数</translation>
    </message>
    <message>
        <source>by seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Horizontal axis of the runs</source>
        <translation>実行の横軸</translation>
    </message>
    <message>
        <source>Results of the experiment</source>
        <translation>実験の結果</translation>
    </message>
    <message numerus="yes">
        <source>{field}: validation accuracy is highest at {value}, {share} of %Ln digit(s).</source>
        <translation>
            <numerusform>{field}: 検証の正解率がいちばん高いのは {value} で、%Ln 個のうち {share} です。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Validation accuracy is highest with {pair}: {share} of %Ln digit(s).</source>
        <translation>
            <numerusform>検証の正解率がいちばん高いのは {pair} のときで、%Ln 個のうち {share} です。</numerusform>
        </translation>
    </message>
    <message>
        <source>The intervals of {others} overlap with it: that difference may be chance.</source>
        <translation>{others} は信頼区間が重なっており、その差は偶然かもしれません。</translation>
    </message>
    <message>
        <source>No other interval overlaps with it.</source>
        <translation>信頼区間が重なる値はほかにありません。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>検証</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation>最良エポック</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>ばらつき</translation>
    </message>
    <message>
        <source>Images/s</source>
        <translation>画像/秒</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>メモリー</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Accuracy of every pair of values</source>
        <translation>値の組み合わせごとの正解率</translation>
    </message>
    <message>
        <source>All pairs</source>
        <translation>組み合わせ</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>すべての実行</translation>
    </message>
    <message>
        <source>Validation accuracy, %</source>
        <translation>検証の正解率(%)</translation>
    </message>
    <message>
        <source>Accuracy on its own training digits, %</source>
        <translation>学習に使った数字での正解率(%)</translation>
    </message>
    <message>
        <source>Without validation digits nobody knows which of them reads new digits best; what is shown is how well each reads the digits it learnt from.</source>
        <translation>検証用の数字がないため、新しい数字をいちばんよく読めるのがどれかは分かりません。表示しているのは、学習に使った数字をどれだけ読めるかです。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln other pair(s)</source>
        <translation>
            <numerusform>ほかの %Ln 組</numerusform>
        </translation>
    </message>
    <message>
        <source>accuracy, %</source>
        <translation>正解率(%)</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>What is drawn of the runs</source>
        <translation>実行の何を描くか</translation>
    </message>
    <message>
        <source>All runs, on the validation digits</source>
        <translation>各実行(検証用の数字)</translation>
    </message>
    <message>
        <source>All runs, on their own training digits</source>
        <translation>各実行(学習に使った数字)</translation>
    </message>
</context>
<context>
    <name>ExperimentSetup</name>
    <message numerus="yes">
        <source>%Ln run(s)</source>
        <translation>
            <numerusform>%Ln 回の実行</numerusform>
        </translation>
    </message>
    <message>
        <source>{runs}, one after another.</source>
        <translation>{runs}を順に行います。</translation>
    </message>
    <message>
        <source>{first} × {second} values = {runs}, one after another.</source>
        <translation>{first} × {second} 通り = {runs}を順に行います。</translation>
    </message>
    <message>
        <source>With so few digits, in batches of {size}.</source>
        <translation>数字が少ないため、バッチサイズは {size} です。</translation>
    </message>
    <message>
        <source>Measuring how long that takes here…</source>
        <translation>かかる時間を測っています…</translation>
    </message>
    <message>
        <source>At most {time} here, as measured just now.</source>
        <translation>このコンピューターで長くても {time}(今の実測から)。</translation>
    </message>
    <message>
        <source>About {time} here, as measured just now.</source>
        <translation>このコンピューターで約 {time}(今の実測から)。</translation>
    </message>
    <message>
        <source>… and nothing else</source>
        <translation>…だけを変える</translation>
    </message>
    <message>
        <source>… and with it: {field}</source>
        <translation>…とあわせて: {field}</translation>
    </message>
    <message>
        <source>What is to vary</source>
        <translation>変える設定</translation>
    </message>
    <message>
        <source>Everything else stays as it is set on the Train page.</source>
        <translation>ほかの設定は「学習」ページのままです。</translation>
    </message>
    <message>
        <source>Values to try</source>
        <translation>試す値</translation>
    </message>
    <message>
        <source>What is to vary besides</source>
        <translation>あわせて変える設定</translation>
    </message>
    <message>
        <source>With a second setting, every pair of values is trained.</source>
        <translation>2 つ目の設定を選ぶと、値のすべての組み合わせを学習します。</translation>
    </message>
    <message>
        <source>Values to try of the second setting</source>
        <translation>2 つ目の設定で試す値</translation>
    </message>
    <message>
        <source>The values to try, with commas between them</source>
        <translation>試す値(カンマ区切り)</translation>
    </message>
</context>
<context>
    <name>Experiments</name>
    <message>
        <source>Another training runs. Wait until it has ended, or stop it.</source>
        <translation>別の学習が動いています。終わるのを待つか、停止してください。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>There are no labelled training digits yet. Add some first.</source>
        <translation>学習用のラベル付きの数字がまだありません。先に追加してください。</translation>
    </message>
    <message>
        <source>Trying larger and larger batches…</source>
        <translation>バッチを大きくしながら試しています…</translation>
    </message>
    <message>
        <source>Not even the smallest batch fits into the {room} that are free.</source>
        <translation>空きメモリー {room} には、最小のバッチも収まりません。</translation>
    </message>
    <message>
        <source>{size}: all training digits in one batch ({needs} of {room} free memory).</source>
        <translation>{size}: 学習用の数字すべてが 1 バッチに収まります(空きメモリー {room} のうち {needs})。</translation>
    </message>
    <message>
        <source>{size}: no setting is larger ({needs} of {room} free memory).</source>
        <translation>{size}: 設定できる最大値です(空きメモリー {room} のうち {needs})。</translation>
    </message>
    <message>
        <source>{size}: a larger one does not fit ({needs} of {room} free memory).</source>
        <translation>{size}: これより大きいと収まりません(空きメモリー {room} のうち {needs})。</translation>
    </message>
    <message>
        <source>Experiments</source>
        <translation>実験</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Find the largest batch size</source>
        <translation>最大のバッチサイズを調べる</translation>
    </message>
    <message>
        <source>Takes real steps with larger and larger batches until one is too large.</source>
        <translation>収まらなくなるまで、バッチを大きくしながら実際にステップを試します。</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>これを使う</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Progress of the experiment</source>
        <translation>実験の進み具合</translation>
    </message>
    <message>
        <source>Run {number} of {count}: {what}</source>
        <translation>{count} 回のうち {number} 回目: {what}</translation>
    </message>
    <message>
        <source>Done. All runs stay in the document.</source>
        <translation>終わりました。すべての実行がドキュメントに残っています。</translation>
    </message>
    <message>
        <source>Ended before all runs were trained; what was trained stays.</source>
        <translation>すべての実行の前に終わりました。学習した分は残っています。</translation>
    </message>
    <message>
        <source>No digits are held back for validation: you will see how well it learns its own digits, but not how it reads new ones, nor over-fitting.</source>
        <translation>検証用に取り分けた数字がありません。学習に使った数字をどれだけ覚えるかは分かりますが、新しい数字を読めるか、過学習しているかは分かりません。</translation>
    </message>
    <message>
        <source>Write a second one of each digit, then some can be held back.</source>
        <translation>各数字を 2 つずつ書けば、一部を検証用に取り分けられます。</translation>
    </message>
    <message>
        <source>Hold a fifth back</source>
        <translation>5 分の 1 を検証用にする</translation>
    </message>
    <message>
        <source>Choose what varies and press Start. Each run is drawn here as soon as it has ended.</source>
        <translation>変える設定を選んで「開始」を押してください。実行が終わるたびに、ここに結果を描きます。</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>Open a document</source>
        <translation>ドキュメントを開く</translation>
    </message>
    <message>
        <source>Save the document as</source>
        <translation>ドキュメントに名前を付けて保存</translation>
    </message>
    <message>
        <source>Digit Dojo documents (*.dojo)</source>
        <translation>数字道場のドキュメント (*.dojo)</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>All labels</source>
        <translation>すべてのラベル</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>ラベルなし</translation>
    </message>
    <message>
        <source>All splits</source>
        <translation>すべての用途</translation>
    </message>
    <message>
        <source>All sources</source>
        <translation>すべての入手元</translation>
    </message>
    <message>
        <source>Show digits with this label</source>
        <translation>このラベルの数字を表示</translation>
    </message>
    <message>
        <source>Show digits of this split</source>
        <translation>この用途の数字を表示</translation>
    </message>
    <message>
        <source>Show digits from this source</source>
        <translation>この入手元の数字を表示</translation>
    </message>
    <message>
        <source>Size of the digits</source>
        <translation>数字の大きさ</translation>
    </message>
    <message>
        <source>Size of the digits (Ctrl and mouse wheel)</source>
        <translation>数字の大きさ(Ctrl+ホイール)</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>すべて表示</translation>
    </message>
    <message>
        <source>Show all digits</source>
        <translation>すべての数字を表示</translation>
    </message>
</context>
<context>
    <name>FirstSteps</name>
    <message>
        <source>The starter digits are all here already.</source>
        <translation>付属の数字はすでに全部入っています。</translation>
    </message>
    <message>
        <source>Your model has learnt. Write a digit and see what it reads.</source>
        <translation>モデルの学習が終わりました。数字を書いて、何と読むか見てみましょう。</translation>
    </message>
    <message>
        <source>Back to the curves</source>
        <translation>グラフに戻る</translation>
    </message>
</context>
<context>
    <name>HandCounts</name>
    <message>
        <source>Your own digits</source>
        <translation>自分の数字</translation>
    </message>
    <message>
        <source>Digit {0}: {1}</source>
        <translation>数字 {0}: {1}</translation>
    </message>
</context>
<context>
    <name>HandDialog</name>
    <message>
        <source>Nothing is written yet.</source>
        <translation>まだ何も書かれていません。</translation>
    </message>
    <message>
        <source>Added a {0}.</source>
        <translation>{0} を追加しました。</translation>
    </message>
    <message>
        <source>A training runs. Wait until it has ended, or stop it on the Train page.</source>
        <translation>学習の実行中です。終わるのを待つか、「学習」ページで停止してください。</translation>
    </message>
    <message>
        <source>You have {0} digits of your own. So many are better learned on the Train page, starting from the shipped model.</source>
        <translation>自分の数字が {0} 個あります。これだけあれば、「学習」ページで付属モデルから学習するほうが向いています。</translation>
    </message>
    <message>
        <source>Write a few digits first: five of each are plenty.</source>
        <translation>まず数字をいくつか書いてください。各 5 個あれば十分です。</translation>
    </message>
    <message>
        <source>No digit of yours yet: {0}. It can learn without them.</source>
        <translation>まだ書いていない数字: {0}。なくても学習できます。</translation>
    </message>
    <message>
        <source>Each digit is there. Five of each learn more.</source>
        <translation>すべての数字がそろいました。各 5 個あると、さらによく覚えます。</translation>
    </message>
    <message>
        <source>That is plenty.</source>
        <translation>十分な数です。</translation>
    </message>
    <message>
        <source>My hand</source>
        <translation>自分の字</translation>
    </message>
    <message>
        <source>First it is measured what learning brings, then it learns from all.</source>
        <translation>まず学習の効果を測り、そのあとすべての数字から学習します。</translation>
    </message>
    <message>
        <source>Learned in {0} seconds. Run {1} reads from now on.</source>
        <translation>{0} 秒で学習しました。これからは実行 {1} が読みます。</translation>
    </message>
    <message>
        <source>Cancelled. The model from before reads on.</source>
        <translation>中止しました。これまでのモデルが引き続き読みます。</translation>
    </message>
    <message>
        <source>The model from before reads again. What was learned stays in the list of models.</source>
        <translation>元のモデルに戻しました。学習したモデルは一覧に残っています。</translation>
    </message>
    <message>
        <source>Teach it my hand</source>
        <translation>自分の字を教える</translation>
    </message>
    <message>
        <source>the shipped model</source>
        <translation>付属モデル</translation>
    </message>
    <message>
        <source>run {0}</source>
        <translation>実行 {0}</translation>
    </message>
    <message>
        <source>Write each digit a few times, as you always do, then press its key, or Enter for the one that was asked for.</source>
        <translation>各数字をいつもの書き方で何回か書き、そのつどその数字のキーを押してください。指示どおりの数字なら Enter でも構いません。</translation>
    </message>
    <message>
        <source>Learning starts from {0} and takes seconds; other people’s digits are rehearsed, so that it does not forget them.</source>
        <translation>{0}をもとに数秒で学習します。ほかの人の数字も復習し、忘れないようにします。</translation>
    </message>
    <message>
        <source>Learn now</source>
        <translation>いま学習する</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Undo: the model from before</source>
        <translation>元のモデルに戻す</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Progress of the lesson</source>
        <translation>学習の進み具合</translation>
    </message>
</context>
<context>
    <name>HandResult</name>
    <message>
        <source>before</source>
        <translation>学習前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>学習後</translation>
    </message>
    <message>
        <source>Your digits ({0})</source>
        <translation>自分の数字({0} 個)</translation>
    </message>
    <message>
        <source>Starter digits ({0})</source>
        <translation>付属の数字({0} 個)</translation>
    </message>
    <message>
        <source>The starter digits were not used in this lesson: they show whether anything was forgotten.</source>
        <translation>この付属の数字は今回の学習に使っていません。忘れたものがないかを示します。</translation>
    </message>
    <message>
        <source>How well it reads you now was not measured: that takes two of a digit that the model before has not learned from.</source>
        <translation>自分の字がどれだけ読めるようになったかは測れませんでした。元のモデルが学習していない同じ数字が 2 個以上必要です。</translation>
    </message>
    <message numerus="yes">
        <source>For “after”, each of your digits was read by a model that had learned from the other half only; the model in use learned from all %n.</source>
        <translation>
            <numerusform>「学習後」の値は、残り半分だけから学習したモデルに各数字を読ませたものです。使用中のモデルは %n 個すべてから学習しています。</numerusform>
        </translation>
    </message>
    <message>
        <source>That is too few digits to rely on.</source>
        <translation>数字が少なすぎて、当てになりません。</translation>
    </message>
</context>
<context>
    <name>HeatTable</name>
    <message>
        <source>n = {0}</source>
        <translation>n = {0}</translation>
    </message>
</context>
<context>
    <name>ImportPanel</name>
    <message>
        <source>Cancel</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Cancel the import</source>
        <translation>読み込みを中止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Close the list of files that were left out</source>
        <translation>読み込めなかったファイルの一覧を閉じる</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>読み込みの進み具合</translation>
    </message>
    <message>
        <source>Files that were left out, and why</source>
        <translation>読み込めなかったファイルとその理由</translation>
    </message>
    <message>
        <source>Adding the starter digits…</source>
        <translation>付属の数字を追加しています…</translation>
    </message>
    <message>
        <source>Reading {0} of {1}…</source>
        <translation>{1} 件中 {0} 件目を読み込んでいます…</translation>
    </message>
    <message>
        <source>Looking for digits…</source>
        <translation>数字を探しています…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) left out:</source>
        <translation>
            <numerusform>読み込めなかったファイル %Ln 個:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LabBar</name>
    <message>
        <source>Time machine</source>
        <translation>タイムマシン</translation>
    </message>
    <message>
        <source>Look at a run as it was after each of its epochs.</source>
        <translation>実行を、各エポックが終わった時点にさかのぼって見ます。</translation>
    </message>
    <message>
        <source>Experiments</source>
        <translation>実験</translation>
    </message>
    <message>
        <source>Vary one setting and compare: batch size, epochs, more data …</source>
        <translation>設定を 1 つだけ変えて比べます: バッチサイズ、エポック数、データの量など</translation>
    </message>
</context>
<context>
    <name>LabelBar</name>
    <message>
        <source>Store as {0}</source>
        <translation>{0} として保存</translation>
    </message>
    <message>
        <source>Store the drawing as a {0} (key {0})</source>
        <translation>書いたものを {0} として保存(キー {0})</translation>
    </message>
</context>
<context>
    <name>LearnBar</name>
    <message>
        <source>Learn now</source>
        <translation>いま学習する</translation>
    </message>
    <message>
        <source>Learn the corrections in seconds, on top of what the model knows; others are rehearsed</source>
        <translation>訂正した数字を数秒で追加学習します。ほかの数字も復習するので忘れません</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Stop learning; the model from before reads on</source>
        <translation>学習をやめます。元のモデルが読み続けます</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Put the figures away</source>
        <translation>結果を閉じる</translation>
    </message>
    <message>
        <source>Progress of learning</source>
        <translation>学習の進み具合</translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation>訂正</translation>
    </message>
    <message>
        <source>Learning. You can go on writing.</source>
        <translation>学習しています。そのまま書き続けられます。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln new correction(s) still misread: not learned. Run {0} reads from now on. Correct more examples of the same kind, then learn again.</source>
        <translation>
            <numerusform>新しい訂正のうち %Ln 件は、まだ読み間違えます(覚えられませんでした)。これからは実行 {0} が読みます。似た字をもう一度書いて訂正し、あらためて学習してください。</numerusform>
        </translation>
    </message>
    <message>
        <source>Learned in {0} seconds. Run {1} reads from now on.</source>
        <translation>{0} 秒で学習しました。これからは実行 {1} が読みます。</translation>
    </message>
    <message>
        <source>Cancelled. The model from before reads on.</source>
        <translation>中止しました。これまでのモデルが引き続き読みます。</translation>
    </message>
    <message>
        <source>The model from before reads again, and the run is deleted.</source>
        <translation>元のモデルに戻し、学習した実行を削除しました。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln correction(s) taken out of your data. Ctrl+Z brings them back.</source>
        <translation>
            <numerusform>訂正 %Ln 件をデータから外しました。Ctrl+Z で元に戻せます。</numerusform>
        </translation>
    </message>
    <message>
        <source>Take the corrections out, too</source>
        <translation>訂正もデータから外す</translation>
    </message>
    <message>
        <source>Undo learning</source>
        <translation>学習を元に戻す</translation>
    </message>
    <message>
        <source>The model from before reads again</source>
        <translation>元のモデルに戻す</translation>
    </message>
    <message>
        <source>No correction waits to be learned.</source>
        <translation>学習待ちの訂正はありません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln correction(s) wait(s) to be learned.</source>
        <translation>
            <numerusform>学習待ちの訂正が %Ln 件あります。</numerusform>
        </translation>
    </message>
    <message>
        <source>First the training that runs has to end.</source>
        <translation>先に、進行中の学習が終わる必要があります。</translation>
    </message>
    <message>
        <source>It takes seconds; the rest is rehearsed, so that it is not forgotten.</source>
        <translation>数秒で終わります。ほかの数字も復習するので忘れません。</translation>
    </message>
</context>
<context>
    <name>LearnResult</name>
    <message>
        <source>before</source>
        <translation>学習前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>学習後</translation>
    </message>
    <message>
        <source>Test digits of this document</source>
        <translation>このドキュメントのテスト用の数字</translation>
    </message>
    <message>
        <source>Starter digits</source>
        <translation>付属の数字</translation>
    </message>
    <message>
        <source>New corrections</source>
        <translation>新しい訂正</translation>
    </message>
    <message>
        <source>Earlier corrections</source>
        <translation>以前の訂正</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}({1})</translation>
    </message>
    <message>
        <source>It has learned the corrections, so they only show that it knows them now.</source>
        <translation>訂正した数字は学習に使ったので、覚えたことしか分かりません。</translation>
    </message>
    <message>
        <source>The last row was neither learned nor rehearsed: it shows what was forgotten.</source>
        <translation>最後の行は学習にも復習にも使わない数字で、忘れていないかを示します。</translation>
    </message>
    <message>
        <source>Of fewer than {0} digits a share would say little.</source>
        <translation>{0} 個未満では、割合はあまり当てになりません。</translation>
    </message>
</context>
<context>
    <name>LicencesDialog</name>
    <message>
        <source>Licences</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>What is inside</source>
        <translation>含まれるもの</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>ライセンス</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Digit Dojo</source>
        <translation>数字道場</translation>
    </message>
    <message>
        <source>{name} – Digit Dojo</source>
        <translation>{name} – 数字道場</translation>
    </message>
</context>
<context>
    <name>ManyFiles</name>
    <message>
        <source>Pictures and strokes ({0})</source>
        <translation>画像とストローク ({0})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Read files</source>
        <translation>ファイルを読む</translation>
    </message>
    <message>
        <source>Read a folder of pictures</source>
        <translation>画像のフォルダーを読む</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>画像 ({patterns})</translation>
    </message>
    <message>
        <source>Read a picture</source>
        <translation>画像を読み取る</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編集(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近使ったドキュメント(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>言語(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>外観(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>データ(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>学習(&amp;T)</translation>
    </message>
    <message>
        <source>T&amp;est</source>
        <translation>テスト(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Runs</source>
        <translation>実行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <comment>language</comment>
        <translation>システムに合わせる(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>ライト(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>ダーク(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <comment>appearance</comment>
        <translation>システムに合わせる(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Clear this list</source>
        <translation>この一覧を消去(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>新規作成(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>開く(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;As…</source>
        <translation>名前を付けて保存(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Import images…</source>
        <translation>画像を読み込む(&amp;I)…</translation>
    </message>
    <message>
        <source>Import &amp;folder…</source>
        <translation>フォルダーを読み込む(&amp;F)…</translation>
    </message>
    <message>
        <source>Add the 10,000 &amp;starter digits</source>
        <translation>付属の数字 10,000 個を追加(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>終了(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>元に戻す(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>やり直し(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Delete the selected digits</source>
        <translation>選択した数字を削除(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全画面表示(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;About Digit Dojo</source>
        <translation>数字道場について(&amp;A)</translation>
    </message>
    <message>
        <source>Open the &amp;data folder</source>
        <translation>データフォルダーを開く(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Mistakes…</source>
        <translation>間違いを見る(&amp;M)…</translation>
    </message>
    <message>
        <source>Save a &amp;report…</source>
        <translation>レポートを保存(&amp;R)…</translation>
    </message>
</context>
<context>
    <name>MessageRow</name>
    <message>
        <source>Close this message</source>
        <translation>このメッセージを閉じる</translation>
    </message>
</context>
<context>
    <name>MessageStrip</name>
    <message>
        <source>Messages</source>
        <translation>メッセージ</translation>
    </message>
</context>
<context>
    <name>MistakeChoice</name>
    <message>
        <source>Run {0}</source>
        <translation>実行 {0}</translation>
    </message>
    <message>
        <source>Shipped model</source>
        <translation>付属モデル</translation>
    </message>
    <message>
        <source>Its best epoch ({0})</source>
        <translation>最良のエポック({0})</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>そのまま</translation>
    </message>
    <message>
        <source>Epoch {0}</source>
        <translation>エポック {0}</translation>
    </message>
    <message>
        <source>{0} digits</source>
        <translation>{0}の数字</translation>
    </message>
    <message>
        <source>Whose mistakes</source>
        <translation>どのモデルの間違いか</translation>
    </message>
    <message>
        <source>As the model was after which epoch</source>
        <translation>どのエポックの時点のモデルか</translation>
    </message>
    <message>
        <source>Which digits are read</source>
        <translation>どの数字を読むか</translation>
    </message>
    <message>
        <source>Percent of each row</source>
        <translation>行ごとの %</translation>
    </message>
</context>
<context>
    <name>MistakeDesk</name>
    <message>
        <source>{share} of {n} read right, likely {low} to {high}</source>
        <translation>{n} 個のうち {share} が正解(おおよそ {low}〜{high})</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Read the rest</source>
        <translation>残りを読む</translation>
    </message>
    <message>
        <source>Reading the digits…</source>
        <translation>数字を読んでいます…</translation>
    </message>
    <message>
        <source>There are no labelled digits in this split. Choose another, or add some.</source>
        <translation>この区分にはラベル付きの数字がありません。ほかの区分を選ぶか、数字を追加してください。</translation>
    </message>
    <message numerus="yes">
        <source>Cancelled: %Ln digit(s) are not read yet.</source>
        <translation>
            <numerusform>中止しました。まだ読んでいない数字が %Ln 個あります。</numerusform>
        </translation>
    </message>
    <message>
        <source>Test digits are for the final look only: correct wrong labels, choose no setting by them.</source>
        <translation>テスト用の数字は最後の確認のためだけのものです。誤ったラベルは直せますが、これを見て設定を選んではいけません。</translation>
    </message>
    <message numerus="yes">
        <source>The run has learned from %Ln of these digit(s): it looks better here than it is.</source>
        <translation>
            <numerusform>このうち %Ln 個はこの実行が学習した数字なので、成績が実際より良く見えます。</numerusform>
        </translation>
    </message>
    <message>
        <source>The run has learned from these digits: on new ones it does worse.</source>
        <translation>この実行が学習した数字です。新しい数字では成績が下がります。</translation>
    </message>
    <message numerus="yes">
        <source>Trained before %Ln sample(s) changed.</source>
        <translation>
            <numerusform>学習のあとに数字 %Ln 個が変更されています。</numerusform>
        </translation>
    </message>
    <message>
        <source>judged by the shipped model, which has not seen your labels</source>
        <translation>付属モデルによる判定(あなたのラベルは見ていません)</translation>
    </message>
    <message>
        <source>judged by run {0}, which has not learned from them</source>
        <translation>実行 {0} による判定(これらは学習していません)</translation>
    </message>
    <message>
        <source>those that run {0} has learned are judged by the shipped model, which has not seen your labels</source>
        <translation>実行 {0} が学習した数字は、ラベルを見ていない付属モデルが判定</translation>
    </message>
    <message>
        <source>Mistakes</source>
        <translation>間違い</translation>
    </message>
    <message>
        <source>read as →</source>
        <translation>モデルの答え →</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混同行列</translation>
    </message>
    <message>
        <source>Each digit</source>
        <translation>数字ごと</translation>
    </message>
    <message>
        <source>Digits that are read</source>
        <translation>読んでいる数字</translation>
    </message>
    <message>
        <source>All mistakes</source>
        <translation>すべての間違い</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Confusion matrix (CSV)…</source>
        <translation>混同行列(CSV)…</translation>
    </message>
    <message>
        <source>Each digit (CSV)…</source>
        <translation>数字ごとの成績(CSV)…</translation>
    </message>
    <message>
        <source>The listed digits (CSV)…</source>
        <translation>一覧の数字(CSV)…</translation>
    </message>
    <message>
        <source>Picture of the matrix (PNG, SVG)…</source>
        <translation>混同行列の画像(PNG、SVG)…</translation>
    </message>
    <message>
        <source>Train again →</source>
        <translation>もう一度学習 →</translation>
    </message>
    <message>
        <source>Go to the Train page; the runs that are there stay as they are.</source>
        <translation>「学習」ページへ移ります。今までの実行はそのまま残ります。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>cross-checked: each judged by a model that learned from the other half only</source>
        <translation>相互チェック済み: どの数字も、残り半分だけで学習したモデルが判定</translation>
    </message>
</context>
<context>
    <name>MistakeExports</name>
    <message>
        <source>CSV table</source>
        <translation>CSV の表</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混同行列</translation>
    </message>
    <message>
        <source>Each digit</source>
        <translation>数字ごと</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG 画像</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>SVG 図</translation>
    </message>
    <message>
        <source>written</source>
        <translation>正解</translation>
    </message>
    <message>
        <source>read as</source>
        <translation>モデルの答え</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>名前を付けて保存</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>保存しました: {name}</translation>
    </message>
</context>
<context>
    <name>MistakeGrid</name>
    <message>
        <source>Written {0}, read as {1} ({2}) · {3} · {4} · no. {5}</source>
        <translation>正解 {0}、モデルの答え {1}({2})・{3}・{4}・{5} 番</translation>
    </message>
    <message>
        <source>Digits of the chosen cell</source>
        <translation>選んだマスの数字</translation>
    </message>
</context>
<context>
    <name>MistakeList</name>
    <message numerus="yes">
        <source>Removed the label from %Ln digit(s).</source>
        <translation>
            <numerusform>数字 %Ln 個のラベルを外しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Relabelled %Ln digit(s) as {0}.</source>
        <translation>
            <numerusform>数字 %Ln 個のラベルを {0} に変えました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Moved %Ln digit(s) to {0}.</source>
        <translation>
            <numerusform>数字 %Ln 個を{0}に移しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deleted %Ln digit(s).</source>
        <translation>
            <numerusform>数字 %Ln 個を削除しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>元に戻しました。</translation>
    </message>
    <message>
        <source>Redone.</source>
        <translation>やり直しました。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln digit(s) that look like another one than their label</source>
        <translation>
            <numerusform>ラベルとは別の数字に見えるもの %Ln 個</numerusform>
        </translation>
    </message>
    <message>
        <source>surest answers first</source>
        <translation>自信の高い順</translation>
    </message>
    <message>
        <source>the first {0} are shown</source>
        <translation>最初の {0} 個を表示</translation>
    </message>
    <message>
        <source>None: well done.</source>
        <translation>1 つもありません。よくできました。</translation>
    </message>
    <message>
        <source>There is none.</source>
        <translation>該当する数字はありません。</translation>
    </message>
    <message>
        <source>Chosen cell</source>
        <translation>選んだマス</translation>
    </message>
    <message>
        <source>Most suspicious labels</source>
        <translation>疑わしいラベル</translation>
    </message>
    <message>
        <source>Which digits are listed</source>
        <translation>どの数字を並べるか</translation>
    </message>
    <message>
        <source>Keys: 0–9 label, Del delete, T training, V validation, E test, Ctrl+Z undo</source>
        <translation>キー: 0〜9 ラベル、Del 削除、T 学習用へ、V 検証用へ、E テスト用へ、Ctrl+Z 元に戻す</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Take the last change back</source>
        <translation>最後の変更を元に戻す</translation>
    </message>
    <message>
        <source>That is so already.</source>
        <translation>すでにそうなっています。</translation>
    </message>
    <message>
        <source>Cross-check</source>
        <translation>相互チェック</translation>
    </message>
    <message>
        <source>Cross-check the training digits</source>
        <translation>学習用の数字を相互チェック</translation>
    </message>
    <message>
        <source>Trains two small models, each on one half of the training digits, and has each judge the labels of the half that it has not seen. Nothing is kept of them.</source>
        <translation>学習用の数字を半分に分けて小さなモデルを 2 つ学習し、それぞれが見ていない半分のラベルを判定します。モデルは残りません。</translation>
    </message>
</context>
<context>
    <name>ModelBar</name>
    <message>
        <source>&amp;Model</source>
        <translation>モデル(&amp;M)</translation>
    </message>
    <message>
        <source>Model that reads</source>
        <translation>読み取りに使うモデル</translation>
    </message>
    <message>
        <source>Which model reads what you write</source>
        <translation>書いた数字を読み取るモデルを選びます</translation>
    </message>
    <message>
        <source>Shipped model</source>
        <translation>付属モデル</translation>
    </message>
    <message>
        <source>Run {run}</source>
        <translation>実行 {run}</translation>
    </message>
    <message>
        <source>epoch {epoch}</source>
        <translation>エポック {epoch}</translation>
    </message>
    <message>
        <source>It comes with Digit Dojo and has learnt from the digits of MNIST.</source>
        <translation>数字道場に付属し、MNIST の数字で学習済みです。</translation>
    </message>
    <message>
        <source>How well it reads was not measured: it learnt from your own digits and rehearsed others, and held none back.</source>
        <translation>自分の数字と復習用の数字で学習し、検証用の数字を取り分けなかったため、正解率は測っていません。</translation>
    </message>
    <message>
        <source>How well it reads was not measured: it learnt from all labelled digits.</source>
        <translation>ラベル付きの数字をすべて学習に使ったため、正解率は測っていません。</translation>
    </message>
    <message numerus="yes">
        <source>Reads {accuracy} of %n validation digit(s) right, likely {low} to {high} of all such digits.</source>
        <translation>
            <numerusform>検証用 %n 個の {accuracy} を正しく読みました。同じような数字なら {low}〜{high} の見込みです。</numerusform>
        </translation>
    </message>
    <message>
        <source>That is too few digits to rely on.</source>
        <translation>数字が少なすぎて、当てになりません。</translation>
    </message>
    <message>
        <source>Mistakes…</source>
        <translation>間違い…</translation>
    </message>
    <message>
        <source>Which digits it takes for which, and the images (Ctrl+Shift+M)</source>
        <translation>どの数字をどれと間違えるかと、その画像(Ctrl+Shift+M)</translation>
    </message>
</context>
<context>
    <name>ModelSeesView</name>
    <message>
        <source>What the model sees, 28 × 28 pixels</source>
        <translation>モデルが見る 28×28 ピクセルの画像</translation>
    </message>
    <message>
        <source>What the model sees: your digit centred, 28 × 28 pixels</source>
        <translation>モデルが見る画像: 書いた数字を中央にそろえた 28×28 ピクセル</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>A digit</source>
        <translation>数字</translation>
    </message>
</context>
<context>
    <name>NavigationRail</name>
    <message>
        <source>Pages</source>
        <translation>ページ</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>データ</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>テスト</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Write, import and label digits</source>
        <translation>数字を書く、読み込む、ラベルを付ける</translation>
    </message>
    <message>
        <source>Teach a model with these digits</source>
        <translation>この数字でモデルを学習させる</translation>
    </message>
    <message>
        <source>Write a digit and see what the model reads</source>
        <translation>数字を書いて、モデルの答えを見る</translation>
    </message>
    <message>
        <source>Compare trainings with one another</source>
        <translation>学習どうしを比べる</translation>
    </message>
</context>
<context>
    <name>NumberChips</name>
    <message>
        <source>Digit {place}: {text}, {share}</source>
        <translation>{place} 番目の数字: {text}、{share}</translation>
    </message>
    <message>
        <source>Show the bars of this digit</source>
        <translation>この数字の確率の棒を見る</translation>
    </message>
</context>
<context>
    <name>NumberFrames</name>
    <message>
        <source>Frames around the digits of the number</source>
        <translation>ひとつひとつの数字を囲む枠</translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>by epoch</source>
        <translation>横軸: エポック</translation>
    </message>
    <message>
        <source>by step</source>
        <translation>横軸: ステップ</translation>
    </message>
    <message>
        <source>by images seen</source>
        <translation>横軸: 見せた画像数</translation>
    </message>
    <message>
        <source>by seconds</source>
        <translation>横軸: 秒</translation>
    </message>
    <message>
        <source>Horizontal axis of the curves</source>
        <translation>グラフの横軸</translation>
    </message>
    <message>
        <source>Runs on different amounts of data are compared fairly by step or by images seen.</source>
        <translation>データの量が違う実行どうしは、ステップか見せた画像数で比べると公平です。</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>検証</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>学習</translation>
    </message>
    <message>
        <source>Single steps</source>
        <translation>各ステップ</translation>
    </message>
    <message>
        <source>Which curves are drawn</source>
        <translation>表示するグラフ</translation>
    </message>
    <message>
        <source>A run that held nothing back for validation is drawn by its training digits.</source>
        <translation>検証用の数字がない実行は、学習用の数字での値を表示します。</translation>
    </message>
    <message>
        <source>○ best epoch   × stopped early   ◆ baseline</source>
        <translation>○ 最良のエポック   × 早期終了   ◆ 基準</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>正解率</translation>
    </message>
    <message>
        <source>Loss of the chosen runs; lower is better</source>
        <translation>選んだ実行の損失。低いほどよい</translation>
    </message>
    <message>
        <source>Accuracy of the chosen runs; higher is better</source>
        <translation>選んだ実行の正解率。高いほどよい</translation>
    </message>
    <message>
        <source>Turn the wheel to zoom, drag to move; a double click shows everything again. With the keyboard: arrows move the cursor, + and − zoom, Home shows everything.</source>
        <translation>ホイールで拡大・縮小、ドラッグで移動、ダブルクリックで全体の表示に戻ります。キーボードでは、矢印キーでカーソルを移動、+ と − で拡大・縮小、Home で全体を表示します。</translation>
    </message>
</context>
<context>
    <name>PastDigits</name>
    <message>
        <source>Canvas to try a digit in every epoch</source>
        <translation>各エポックで数字を試すキャンバス</translation>
    </message>
    <message>
        <source>Write a digit</source>
        <translation>数字を書く</translation>
    </message>
    <message>
        <source>What the model of this epoch reads</source>
        <translation>このエポックのモデルの読み取り</translation>
    </message>
    <message>
        <source>Watch this digit</source>
        <translation>この数字を見守る</translation>
    </message>
    <message>
        <source>Keeps it here to be seen through the epochs of every run.</source>
        <translation>ここに残し、どの実行でもエポックごとの読み取りを見られるようにします。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>消す</translation>
    </message>
    <message>
        <source>Through the epochs (a stronger ground is a surer answer):</source>
        <translation>エポックごとの答え(色が濃いほど確信度が高い):</translation>
    </message>
</context>
<context>
    <name>PastWords</name>
    <message>
        <source>If you had stopped here: {share} of its own training digits.</source>
        <translation>ここで止めていたら: 学習用の数字自身の正解率は {share}。</translation>
    </message>
    <message numerus="yes">
        <source>If you had stopped here: {share} of %Ln validation digit(s) (likely {low} to {high}).</source>
        <translation>
            <numerusform>ここで止めていたら: 検証用の数字 %Ln 個の正解率は {share}(おそらく {low}〜{high})。</numerusform>
        </translation>
    </message>
    <message>
        <source>The validation loss was lowest in epoch {epoch}: {share}.</source>
        <translation>検証損失が最も小さかったのはエポック {epoch} で、正解率は {share}。</translation>
    </message>
    <message>
        <source>Here the validation loss was lowest; this model is the run&apos;s.</source>
        <translation>検証損失が最も小さかった時点で、これが実行のモデルです。</translation>
    </message>
    <message>
        <source>Of this long run every few epochs are kept.</source>
        <translation>長い実行のため、エポックは間引いて残しています。</translation>
    </message>
</context>
<context>
    <name>PickBars</name>
    <message>
        <source>Press a digit: why is it, or is it not, the answer?</source>
        <translation>数字を押すと、なぜそれが答えなのか(または答えでないのか)を示します。</translation>
    </message>
</context>
<context>
    <name>PicturePair</name>
    <message>
        <source>The model sees</source>
        <translation>モデルが見る画像</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>The picture that is read</source>
        <translation>読み取る画像</translation>
    </message>
</context>
<context>
    <name>PredictionView</name>
    <message>
        <source>Write a digit.</source>
        <translation>数字を書いてください。</translation>
    </message>
    <message>
        <source>The model reads</source>
        <translation>モデルの答え</translation>
    </message>
    <message>
        <source>How sure the model is</source>
        <translation>モデルの確信度</translation>
    </message>
    <message>
        <source>Probably {first}, but it could be {second}.</source>
        <translation>おそらく {first} ですが、{second} かもしれません。</translation>
    </message>
    <message>
        <source>The model reads {digit}.</source>
        <translation>モデルは {digit} と読みました。</translation>
    </message>
    <message>
        <source>Not sure: it looks like {first} or {second}.</source>
        <translation>自信がありません。{first} か {second} に見えます。</translation>
    </message>
    <message>
        <source>Not sure: it looks a little like {digit}.</source>
        <translation>自信がありません。少し {digit} に見えます。</translation>
    </message>
    <message>
        <source>The model reads the number {number}.</source>
        <translation>モデルは {number} と読みました。</translation>
    </message>
    <message>
        <source>Below: digit {place} of {count}.</source>
        <translation>下は {count} 個のうち {place} 番目の数字です。</translation>
    </message>
    <message>
        <source>This does not look like a digit.</source>
        <translation>数字には見えません。</translation>
    </message>
    <message>
        <source>The model reads {number}, and is not sure about the “?”.</source>
        <translation>モデルは {number} と読みました。「?」の部分は自信がありません。</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>場所(&amp;L):</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>ファイルの種類(&amp;T):</translation>
    </message>
</context>
<context>
    <name>RejectBar</name>
    <message>
        <source>Answer only from</source>
        <translation>答える基準</translation>
    </message>
    <message>
        <source>How sure an answer must be</source>
        <translation>どのくらい確かなら答えるか</translation>
    </message>
    <message>
        <source>What is less likely to be a digit, and this one, is answered with “?”</source>
        <translation>「数字であり、その数字である」確かさがこれより低いと「?」と答えます</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>標準</translation>
    </message>
    <message>
        <source>Back to the threshold that suits this model</source>
        <translation>このモデルに合った基準に戻す</translation>
    </message>
    <message>
        <source>How sure is it?</source>
        <translation>自信は本物?</translation>
    </message>
    <message>
        <source>How far the answers can be trusted</source>
        <translation>答えをどこまで信じてよいか</translation>
    </message>
    <message>
        <source>always</source>
        <translation>いつも</translation>
    </message>
    <message>
        <source>The cost of this threshold is being measured…</source>
        <translation>この基準で何が失われるかを調べています…</translation>
    </message>
    <message>
        <source>Turns away {others} of {of_others} made-up scribbles and letters. There are no validation digits to measure its cost on.</source>
        <translation>人工の落書きや文字 {of_others} 個のうち {others} 個を「?」にします。検証用の数字がないので、失うものは調べられません。</translation>
    </message>
    <message>
        <source>Turns away {digits} of {of_digits} of your validation digits, and {others} of {of_others} made-up scribbles and letters.</source>
        <translation>検証用の数字 {of_digits} 個のうち {digits} 個を、人工の落書きや文字 {of_others} 個のうち {others} 個を「?」にします。</translation>
    </message>
</context>
<context>
    <name>ReliabilityView</name>
    <message>
        <source>How often the answers are right, by how sure the model was</source>
        <translation>モデルの自信ごとに見た、答えが正しかった割合</translation>
    </message>
    <message>
        <source>{sure} sure: {right} of {n} right</source>
        <translation>自信 {sure}: {n} 個中 {right} 個が正解</translation>
    </message>
    <message>
        <source>how sure the model was</source>
        <translation>モデルの自信</translation>
    </message>
    <message>
        <source>how often it was right</source>
        <translation>実際に正しかった割合</translation>
    </message>
    <message>
        <source>before the temperature</source>
        <translation>温度で割る前</translation>
    </message>
    <message>
        <source>after it</source>
        <translation>割ったあと</translation>
    </message>
</context>
<context>
    <name>RepetitionBar</name>
    <message>
        <source>Repeating with other seeds: run {0} of {1}</source>
        <translation>シードを変えて学習中: {1} 回中 {0} 回目</translation>
    </message>
    <message>
        <source>Progress of the repetitions</source>
        <translation>くり返しの進み具合</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>続ける</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ends the repetitions; what was trained is kept.</source>
        <translation>くり返しを終えます。学習したものは残ります。</translation>
    </message>
</context>
<context>
    <name>Reports</name>
    <message>
        <source>Another report is being written. Try again in a moment.</source>
        <translation>別のレポートを書き出しています。少し待ってからもう一度お試しください。</translation>
    </message>
    <message>
        <source>There is no run to report yet. Train one first.</source>
        <translation>レポートにする実行がまだありません。先に学習してください。</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>Web ページ</translation>
    </message>
    <message>
        <source>PDF document</source>
        <translation>PDF 文書</translation>
    </message>
    <message>
        <source>Save the report as</source>
        <translation>レポートの保存先</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Writing the report…</source>
        <translation>レポートを書き出しています…</translation>
    </message>
    <message>
        <source>Writing the report… {0} %</source>
        <translation>レポートを書き出しています… {0} %</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>保存しました: {name}</translation>
    </message>
    <message>
        <source>Cancelled: no report was written.</source>
        <translation>中止しました。レポートは保存していません。</translation>
    </message>
</context>
<context>
    <name>RunComparison</name>
    <message>
        <source>Seeds as a band</source>
        <translation>シードの違いを帯で表示</translation>
    </message>
    <message>
        <source>Runs that differ in the seed alone: from the lowest to the highest, with the median as a line. It reaches as far as all of them went; the single runs are thin lines.</source>
        <translation>シードだけが違う実行を、最小から最大までの帯と中央値の線で表します。帯は全部の実行がそろっているところまでです。個々の実行は細い線です。</translation>
    </message>
    <message>
        <source>Run {0}</source>
        <translation>実行 {0}</translation>
    </message>
    <message>
        <source>{0} (baseline)</source>
        <translation>{0}(基準)</translation>
    </message>
    <message numerus="yes">
        <source>%n seeds: lowest, median, highest (runs {0})</source>
        <translation>
            <numerusform>%n 個のシード: 最小・中央値・最大(実行 {0})</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunDoors</name>
    <message>
        <source>Mistakes…</source>
        <translation>間違い…</translation>
    </message>
    <message>
        <source>Which digits the selected run takes for which</source>
        <translation>選んだ実行がどの数字をどれと間違えるか</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>レポート…</translation>
    </message>
    <message>
        <source>Save a report about the selected run, as HTML or PDF</source>
        <translation>選んだ実行のレポートを HTML か PDF で保存</translation>
    </message>
</context>
<context>
    <name>RunExports</name>
    <message>
        <source>The curves lie in the clipboard as a picture.</source>
        <translation>グラフを画像としてクリップボードにコピーしました。</translation>
    </message>
    <message>
        <source>There is no run to save yet. Train one first.</source>
        <translation>保存できる実行がまだありません。先に学習してください。</translation>
    </message>
    <message>
        <source>Another file is being written. Try again in a moment.</source>
        <translation>別のファイルを書き出し中です。少し待ってからもう一度試してください。</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG 画像</translation>
    </message>
    <message>
        <source>SVG drawing</source>
        <translation>SVG 図形</translation>
    </message>
    <message>
        <source>Save the curves as</source>
        <translation>グラフの保存先</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>グラフ</translation>
    </message>
    <message>
        <source>Save the values of the curves as</source>
        <translation>グラフの値の保存先</translation>
    </message>
    <message>
        <source>Save the table of runs as</source>
        <translation>実行の表の保存先</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>CSV 表</translation>
    </message>
    <message>
        <source>Folder for TensorBoard (--logdir)</source>
        <translation>TensorBoard 用のフォルダー(--logdir)</translation>
    </message>
    <message>
        <source>Run {0}</source>
        <translation>実行 {0}</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>保存しました: {name}</translation>
    </message>
</context>
<context>
    <name>RunPanels</name>
    <message>
        <source>At the cursor, in each run&apos;s nearest epoch:</source>
        <translation>カーソル位置に最も近いエポックの値:</translation>
    </message>
    <message>
        <source>In each run&apos;s best epoch. Move over the curves to read them anywhere.</source>
        <translation>各実行の最良のエポックの値です。グラフの上でカーソルを動かすと、その位置の値を読めます。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>エポック</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>正解率</translation>
    </message>
    <message>
        <source>Tick two runs or more to see in which settings they differ.</source>
        <translation>2 つ以上の実行にチェックを付けると、違っている設定が表示されます。</translation>
    </message>
    <message>
        <source>Only what differs; everything else is the same.</source>
        <translation>違うものだけを表示しています。ほかはすべて同じです。</translation>
    </message>
    <message>
        <source>These runs have the same settings.</source>
        <translation>これらの実行の設定は同じです。</translation>
    </message>
    <message>
        <source>Select a run to see and note everything about it.</source>
        <translation>実行を選ぶと、詳しい内容の確認とメモができます。</translation>
    </message>
    <message>
        <source>Run {0}</source>
        <translation>実行 {0}</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>値</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>値</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>違い</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>About the runs</source>
        <translation>実行の情報</translation>
    </message>
    <message>
        <source>Columns of the table</source>
        <translation>表の列</translation>
    </message>
    <message>
        <source>Values of the runs that are drawn</source>
        <translation>表示中の実行の値</translation>
    </message>
    <message>
        <source>Settings that differ among the runs that are drawn</source>
        <translation>表示中の実行で違っている設定</translation>
    </message>
    <message>
        <source>Settings and facts of the selected run</source>
        <translation>選んだ実行の設定と記録</translation>
    </message>
    <message>
        <source>Note about the selected run</source>
        <translation>選んだ実行のメモ</translation>
    </message>
    <message>
        <source>Note: what you wanted to find out, what you saw</source>
        <translation>メモ: 調べたかったこと、分かったこと</translation>
    </message>
</context>
<context>
    <name>RunProgress</name>
    <message>
        <source>No training yet</source>
        <translation>まだ学習していません</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>学習の進み具合</translation>
    </message>
    <message>
        <source>Epoch {0} of {1}</source>
        <translation>エポック {0} / {1}</translation>
    </message>
    <message>
        <source>Stopped early after epoch {0} of {1}: epoch {2} was the best</source>
        <translation>エポック {0} / {1} で早期終了: 最良はエポック {2}</translation>
    </message>
    <message>
        <source>Stopped after epoch {0} of {1}</source>
        <translation>エポック {0} / {1} で停止</translation>
    </message>
    <message>
        <source>Epoch {0} of {1}: done</source>
        <translation>エポック {0} / {1}: 完了</translation>
    </message>
    <message>
        <source>{0} in all</source>
        <translation>所要時間 {0}</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>残り {0}</translation>
    </message>
    <message>
        <source>[{0} – {1} %]  validation, n = {2}</source>
        <translation>[{0}〜{1} %] 検証、n = {2}</translation>
    </message>
    <message>
        <source>Share of the validation digits that are read right. In brackets: where the true share probably lies, since so many digits only tell it roughly (95 % interval).</source>
        <translation>検証用の数字を正しく読めた割合です。かっこ内は、数字の数が限られていることによるぶれを考えた、本当の割合がありそうな範囲(95 % 信頼区間)です。</translation>
    </message>
    <message>
        <source>So few digits say little.</source>
        <translation>数字が少ないため、はっきりしたことは言えません。</translation>
    </message>
    <message>
        <source>on the training digits only, n = {0}</source>
        <translation>学習用の数字のみ、n = {0}</translation>
    </message>
    <message>
        <source>Nothing is held back for validation, so this does not tell how it reads new digits.</source>
        <translation>検証用の数字がないため、新しい数字をどれだけ読めるかは分かりません。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln parameter(s)</source>
        <translation>
            <numerusform>パラメーター %Ln 個</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} ms a step</source>
        <translation>1 ステップ {0} ミリ秒</translation>
    </message>
    <message>
        <source>{0} images/s</source>
        <translation>毎秒 {0} 枚</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>Curves</source>
        <translation>グラフ</translation>
    </message>
    <message>
        <source>What is seen of the training</source>
        <translation>学習の表示の切り替え</translation>
    </message>
    <message>
        <source>run {0}</source>
        <translation>実行 {0}</translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message numerus="yes">
        <source>%Ln epoch(s)</source>
        <translation>
            <numerusform>%Ln エポック</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RunsBar</name>
    <message>
        <source>Repeat with {0} seeds</source>
        <translation>{0} 個のシードでくり返す</translation>
    </message>
    <message>
        <source>Trains these settings with other seeds, until there are {0} runs on the present digits: how far they lie apart is chance, not the settings.</source>
        <translation>同じ設定のままシードを変えて、今の数字での実行が {0} 個になるまで学習します。実行どうしの差は、設定ではなく偶然によるものです。</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>名前を変える</translation>
    </message>
    <message>
        <source>Give the run a name (F2)</source>
        <translation>実行に名前を付けます(F2)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Delete the selected runs (Delete); this can be undone</source>
        <translation>選んだ実行を削除します(Delete)。元に戻せます</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出す</translation>
    </message>
    <message>
        <source>Save all runs, or those that are selected</source>
        <translation>すべての実行、または選んだ 2 つ以上の実行を保存します</translation>
    </message>
    <message>
        <source>The run that others are compared with: thick, in the colour of text, with diamonds</source>
        <translation>ほかの実行と比べる基準です。文字と同じ色の太い線とひし形で表します</translation>
    </message>
    <message>
        <source>&amp;Table of the runs (CSV)…</source>
        <translation>実行の表(CSV)(&amp;T)…</translation>
    </message>
    <message>
        <source>All &amp;points of their curves (CSV)…</source>
        <translation>グラフのすべての点(CSV)(&amp;P)…</translation>
    </message>
    <message>
        <source>For Tensor&amp;Board…</source>
        <translation>TensorBoard 用(&amp;B)…</translation>
    </message>
    <message>
        <source>Unpin the baseline</source>
        <translation>基準から外す</translation>
    </message>
    <message>
        <source>Pin as the baseline</source>
        <translation>基準にする</translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message>
        <source>Run</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Validation accuracy [95 %]</source>
        <translation>検証の正解率 [95 %]</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Best epoch</source>
        <translation>最良のエポック</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>メモ</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>stopped early</source>
        <translation>早期終了</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>running</source>
        <translation>学習中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Nothing was held back for validation.</source>
        <translation>検証用の数字がありません。</translation>
    </message>
    <message>
        <source>So few validation digits say little: the true share may lie anywhere in brackets.</source>
        <translation>検証用の数字が少ないため、あまりあてになりません。本当の割合は、かっこ内のどこにあってもおかしくありません。</translation>
    </message>
</context>
<context>
    <name>RunsPage</name>
    <message>
        <source>There are {0} runs with these settings already.</source>
        <translation>この設定の実行はすでに {0} 個あります。</translation>
    </message>
    <message>
        <source>Another training runs. Wait until it has ended.</source>
        <translation>別の学習が実行中です。終わるまで待ってください。</translation>
    </message>
    <message>
        <source>Something else has changed since. Undo goes back step by step.</source>
        <translation>その後にほかの変更がありました。「元に戻す」で 1 つずつ戻せます。</translation>
    </message>
    <message numerus="yes">
        <source>Deleted %Ln run(s).</source>
        <translation>
            <numerusform>%Ln 個の実行を削除しました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
</context>
<context>
    <name>RunsTable</name>
    <message>
        <source>Runs</source>
        <translation>実行</translation>
    </message>
    <message>
        <source>Space draws the selected runs or takes them away, F2 renames, Delete deletes, F3 sorts by the column of the cell.</source>
        <translation>スペースキーで選んだ実行のグラフを表示・非表示、F2 で名前を変更、Delete で削除、F3 でセルの列を並べ替えます。</translation>
    </message>
    <message>
        <source>Columns of the runs</source>
        <translation>実行の表の列</translation>
    </message>
</context>
<context>
    <name>SampleGrid</name>
    <message>
        <source>All digits</source>
        <translation>すべての数字</translation>
    </message>
    <message>
        <source>Unlabelled digit</source>
        <translation>ラベルのない数字</translation>
    </message>
    <message>
        <source>A {0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>{0} · {1} · {2} · no. {3}</source>
        <translation>{0} · {1} · {2} · 番号 {3}</translation>
    </message>
    <message>
        <source>No digit</source>
        <translation>数字なし</translation>
    </message>
    <message>
        <source>{0}. {1} selected</source>
        <translation>{0}。{1} 個選択中</translation>
    </message>
</context>
<context>
    <name>SampleWords</name>
    <message>
        <source>training</source>
        <translation>学習用</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>検証用</translation>
    </message>
    <message>
        <source>test</source>
        <translation>テスト用</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>自分で書いた数字</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>読み込んだ数字</translation>
    </message>
    <message>
        <source>starter digits</source>
        <translation>付属の数字</translation>
    </message>
    <message>
        <source>corrected on the Test page</source>
        <translation>「テスト」ページで訂正</translation>
    </message>
    <message>
        <source>the shipped model read {0}</source>
        <translation>付属モデルは {0} と読んだ</translation>
    </message>
    <message>
        <source>run {1} read {0}</source>
        <translation>実行 {1} は {0} と読んだ</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>ラベルなし</translation>
    </message>
    <message>
        <source>confirmed on the Test page</source>
        <translation>「テスト」ページで正解と確認</translation>
    </message>
</context>
<context>
    <name>ScoreLabel</name>
    <message>
        <source>{0}
[{1} to {2}]</source>
        <translation>{0}
[{1}〜{2}]</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{1} 件中 {0} 件</translation>
    </message>
    <message>
        <source>{0} [{1} to {2}]</source>
        <translation>{0} [{1}〜{2}]</translation>
    </message>
    <message>
        <source>With 95 % confidence between {0} and {1}</source>
        <translation>95 % の信頼度で {0}〜{1}</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message>
        <source>{0} of {1} selected</source>
        <translation>{1} 個中 {0} 個を選択</translation>
    </message>
    <message>
        <source>Relabel</source>
        <translation>ラベル変更</translation>
    </message>
    <message>
        <source>Give the selected digits another label</source>
        <translation>選択した数字のラベルを変える</translation>
    </message>
    <message>
        <source>Give the selected digits another label (keys 0 to 9)</source>
        <translation>選択した数字のラベルを変える(キー 0〜9)</translation>
    </message>
    <message>
        <source>Move to</source>
        <translation>移動</translation>
    </message>
    <message>
        <source>Move the selected digits to another split</source>
        <translation>選択した数字を別の用途に移す</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Delete the selected digits</source>
        <translation>選択した数字を削除</translation>
    </message>
    <message>
        <source>Delete the selected digits (Del)</source>
        <translation>選択した数字を削除 (Del)</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>ラベルなし</translation>
    </message>
    <message>
        <source>{0} shown. Select some to relabel, move or delete them.</source>
        <translation>{0} 個を表示中。選択すると、ラベルの変更、移動、削除ができます。</translation>
    </message>
</context>
<context>
    <name>SettingWords</name>
    <message>
        <source>Hidden layers</source>
        <translation>隠れ層</translation>
    </message>
    <message>
        <source>Epochs added later</source>
        <translation>後から足したエポック</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>スレッド数</translation>
    </message>
    <message>
        <source>Training digits</source>
        <translation>学習用の数字</translation>
    </message>
    <message>
        <source>Validation digits</source>
        <translation>検証用の数字</translation>
    </message>
    <message>
        <source>Version of the data</source>
        <translation>データの版</translation>
    </message>
    <message>
        <source>PyTorch</source>
        <translation>PyTorch</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>Digit Dojo</source>
        <translation>数字道場</translation>
    </message>
    <message>
        <source>System</source>
        <translation>システム</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>はい</translation>
    </message>
    <message>
        <source>no</source>
        <translation>いいえ</translation>
    </message>
    <message>
        <source>Shift (pixels)</source>
        <translation>移動(ピクセル)</translation>
    </message>
    <message>
        <source>Rotation (degrees)</source>
        <translation>回転(度)</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>拡大・縮小</translation>
    </message>
    <message>
        <source>Shear</source>
        <translation>傾き</translation>
    </message>
    <message>
        <source>Thicker strokes</source>
        <translation>線を太く</translation>
    </message>
    <message>
        <source>Thinner strokes</source>
        <translation>線を細く</translation>
    </message>
    <message>
        <source>Elastic (pixels)</source>
        <translation>ゆがみ(ピクセル)</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>{name} · all changes saved</source>
        <translation>{name} · すべて保存済み</translation>
    </message>
    <message numerus="yes">
        <source>%Ln digit(s)</source>
        <translation>
            <numerusform>数字 %Ln 個</numerusform>
        </translation>
    </message>
    <message>
        <source>getting ready…</source>
        <translation>準備中…</translation>
    </message>
    <message>
        <source>Device: {device}</source>
        <translation>デバイス: {device}</translation>
    </message>
    <message>
        <source>Model: {model}</source>
        <translation>モデル: {model}</translation>
    </message>
</context>
<context>
    <name>TeachBar</name>
    <message>
        <source>Wrong? Press the right digit: it goes into your data with that label.</source>
        <translation>間違っていたら正しい数字を押してください。そのラベルでデータに加わります。</translation>
    </message>
    <message>
        <source>It is a {0}</source>
        <translation>正解は {0}</translation>
    </message>
    <message>
        <source>It is a {0}: keep it in the data (key {0})</source>
        <translation>正解は {0}: データに加える(キー {0})</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Take it out of the data again</source>
        <translation>データから取り除く</translation>
    </message>
    <message>
        <source>Teach it my hand…</source>
        <translation>自分の字を教える…</translation>
    </message>
    <message>
        <source>Teach it my hand</source>
        <translation>自分の字を教える</translation>
    </message>
    <message>
        <source>Learn your own digits in seconds, on top of what it knows</source>
        <translation>いまの知識に加えて、自分の数字を数秒で学習させます</translation>
    </message>
</context>
<context>
    <name>TestPage</name>
    <message>
        <source>Drop the picture of a digit</source>
        <translation>数字の画像をドロップしてください</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>クリップボードに画像がありません。</translation>
    </message>
    <message>
        <source>Reading the picture…</source>
        <translation>画像を読み取っています…</translation>
    </message>
    <message>
        <source>Getting ready: your digit is read in a moment.</source>
        <translation>準備中です。まもなく読み取ります。</translation>
    </message>
    <message>
        <source>Getting ready: you can write already.</source>
        <translation>準備中です。もう書き始められます。</translation>
    </message>
    <message>
        <source>There is nothing here: no ink was found in the picture.</source>
        <translation>画像に何も書かれていないようです。</translation>
    </message>
    <message>
        <source>Write a digit. It is read while you write.</source>
        <translation>数字を書いてください。書いている間に読み取ります。</translation>
    </message>
    <message>
        <source>Write a digit first, then tell which one it is.</source>
        <translation>先に数字を書いてから、どの数字か教えてください。</translation>
    </message>
    <message>
        <source>Right, it is a {0}. It is in your data now.</source>
        <translation>正解です。{0} としてデータに加えました。</translation>
    </message>
    <message>
        <source>Changed: it is in your data as a {0} now.</source>
        <translation>変更しました。データでは {0} になりました。</translation>
    </message>
    <message>
        <source>It is in your data as a {0} already.</source>
        <translation>すでに {0} としてデータに入っています。</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>取り消しました。</translation>
    </message>
    <message>
        <source>Drop them: their answers come as a table</source>
        <translation>ここにドロップすると、結果を表にします</translation>
    </message>
    <message>
        <source>Other files are being read. Wait for their end, or cancel it.</source>
        <translation>ほかのファイルを読んでいます。終わるのを待つか、中止してください。</translation>
    </message>
    <message>
        <source>Thank you. It is in your data as a {0}.</source>
        <translation>ありがとうございます。{0} としてデータに加えました。</translation>
    </message>
</context>
<context>
    <name>TestTabs</name>
    <message>
        <source>What to see of the model&apos;s answer</source>
        <translation>モデルの答えについて見るもの</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答え</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比べる</translation>
    </message>
</context>
<context>
    <name>TimeMachine</name>
    <message>
        <source>Run {0}</source>
        <translation>実行 {0}</translation>
    </message>
    <message>
        <source>Epoch {0} of {1}</source>
        <translation>エポック {0} / {1}</translation>
    </message>
    <message>
        <source>There is no run yet. Train one, then look back at its epochs here.</source>
        <translation>まだ実行がありません。学習すると、ここで各エポックを振り返れます。</translation>
    </message>
    <message>
        <source>Getting the epochs of this run…</source>
        <translation>この実行のエポックを読み込んでいます…</translation>
    </message>
    <message>
        <source>No epochs were kept of this run. Train it for more epochs, or train a new one.</source>
        <translation>この実行のエポックは残っていません。続けて学習するか、新しく学習してください。</translation>
    </message>
    <message>
        <source>Time machine</source>
        <translation>タイムマシン</translation>
    </message>
    <message>
        <source>Run to look back at</source>
        <translation>振り返る実行</translation>
    </message>
    <message>
        <source>Epoch to look at</source>
        <translation>見るエポック</translation>
    </message>
    <message>
        <source>Drag, or use the arrow keys, to go back in time.</source>
        <translation>ドラッグするか矢印キーで時間をさかのぼります。</translation>
    </message>
    <message>
        <source>Play the epochs one after another</source>
        <translation>エポックを順に再生する</translation>
    </message>
    <message>
        <source>Accuracy by epoch</source>
        <translation>エポックごとの正解率</translation>
    </message>
    <message>
        <source>Point at an epoch to go there.</source>
        <translation>エポックを指すと、その時点に移ります。</translation>
    </message>
    <message>
        <source>Try this epoch&apos;s model →</source>
        <translation>このエポックのモデルを試す →</translation>
    </message>
    <message>
        <source>Read with it on the Test page; the run itself stays as it is.</source>
        <translation>「テスト」ページでこのモデルを使って読みます。実行そのものは変わりません。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>TrainButtons</name>
    <message>
        <source>Train</source>
        <translation>学習開始</translation>
    </message>
    <message>
        <source>Start a new training with these settings.</source>
        <translation>この設定で新しく学習を始めます。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>再開</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Go on training.</source>
        <translation>学習を再開します。</translation>
    </message>
    <message>
        <source>Wait after the step that is computed now.</source>
        <translation>計算中のステップが終わったら待ちます。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>ステップ</translation>
    </message>
    <message>
        <source>Feed one batch, compute the error, change the parameters, and wait.</source>
        <translation>バッチを 1 つ入れ、誤差を計算し、パラメーターを変えて待ちます。</translation>
    </message>
    <message>
        <source>Start a new training with its first step only, and wait.</source>
        <translation>新しい学習を最初の 1 ステップだけ進めて待ちます。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>End this training; what it learnt is kept.</source>
        <translation>この学習を終えます。学んだ内容は残ります。</translation>
    </message>
    <message>
        <source> epochs</source>
        <translation> エポック</translation>
    </message>
    <message>
        <source>Epochs to add</source>
        <translation>追加するエポック数</translation>
    </message>
    <message>
        <source>Continue run {0}</source>
        <translation>実行 {0} を続ける</translation>
    </message>
    <message>
        <source>Train the same run for more epochs, with its own digits.</source>
        <translation>同じ実行を、同じ数字のまま、さらにエポックを重ねて学習します。</translation>
    </message>
    <message>
        <source>Continue run {0} from epoch {1}</source>
        <translation>実行 {0} をエポック {1} から続ける</translation>
    </message>
    <message>
        <source>Train the epochs that were planned and not reached.</source>
        <translation>予定していて終わっていないエポックを学習します。</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>One batch</source>
        <translation>1 バッチ</translation>
    </message>
    <message>
        <source>Getting the digits ready…</source>
        <translation>数字を準備しています…</translation>
    </message>
    <message>
        <source>Loading PyTorch… (the first time takes some seconds)</source>
        <translation>PyTorch を読み込んでいます…(初回は数秒かかります)</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation>停止しています…</translation>
    </message>
    <message>
        <source>Try it →</source>
        <translation>試してみる →</translation>
    </message>
    <message numerus="yes">
        <source>Trained: {0} % of %Ln validation digit(s) are read right.</source>
        <translation>
            <numerusform>学習が終わりました。検証用の数字 %Ln 個の {0} % を正しく読めます。</numerusform>
        </translation>
    </message>
    <message>
        <source>The model of epoch {0} is kept, the best one.</source>
        <translation>最も良かったエポック {0} のモデルを残しました。</translation>
    </message>
    <message>
        <source>Trained: {0} % of its own training digits are read right.</source>
        <translation>学習が終わりました。学習に使った数字の {0} % を正しく読めます。</translation>
    </message>
    <message>
        <source>Stopped before the first epoch was complete; what it learnt is kept.</source>
        <translation>最初のエポックが終わる前に停止しました。学んだ内容は残ります。</translation>
    </message>
    <message>
        <source>Set a tenth of the learning rate</source>
        <translation>学習率を 10 分の 1 にする</translation>
    </message>
    <message>
        <source>The training could not go on: the batch is too large for the memory.</source>
        <translation>学習を続けられません。バッチがメモリーに収まりません。</translation>
    </message>
    <message>
        <source>Find the size that fits and go on</source>
        <translation>収まる大きさを調べて続ける</translation>
    </message>
    <message>
        <source>Set the device to Automatic</source>
        <translation>デバイスを「自動」にする</translation>
    </message>
    <message>
        <source>Trying smaller batches…</source>
        <translation>小さいバッチを試しています…</translation>
    </message>
    <message>
        <source>No batch smaller than {0} fits either: other programs use the memory.</source>
        <translation>{0} より小さいバッチも収まりません。ほかのプログラムがメモリーを使っています。</translation>
    </message>
    <message>
        <source>The training could not go on.</source>
        <translation>学習を続けられませんでした。</translation>
    </message>
    <message>
        <source>Run {0} was cut off before anything of it was saved.</source>
        <translation>実行 {0} は、何も保存されないうちに中断されました。</translation>
    </message>
    <message>
        <source>Run {0} was cut off in the middle. It can go on from its last save, in epoch {1}.</source>
        <translation>実行 {0} は途中で中断されました。最後に保存したところ(エポック {1})から続けられます。</translation>
    </message>
    <message>
        <source>Train it again</source>
        <translation>もう一度学習する</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>続ける</translation>
    </message>
</context>
<context>
    <name>TrainingLog</name>
    <message>
        <source>Training log</source>
        <translation>学習の記録</translation>
    </message>
    <message>
        <source>A line for each epoch appears here.</source>
        <translation>ここにエポックごとの記録が 1 行ずつ表示されます。</translation>
    </message>
</context>
<context>
    <name>TrustDialog</name>
    <message>
        <source>How sure is it? – {model}</source>
        <translation>自信は本物? – {model}</translation>
    </message>
    <message>
        <source>A model that says 80 % should be right 80 times out of 100. Points on the diagonal keep that promise; points below it promise too much.</source>
        <translation>「80 %」と言うモデルは、100 回のうち 80 回は正しいはずです。点が対角線の上にあれば自信は本物、下にあれば自信過剰です。</translation>
    </message>
    <message>
        <source>There are no validation digits, so nothing could be measured.</source>
        <translation>検証用の数字がないので、何も測れませんでした。</translation>
    </message>
    <message numerus="yes">
        <source>Calibration error on %n validation digit(s): {before} before, {after} after dividing by a temperature of {temperature}.</source>
        <translation>
            <numerusform>検証用の数字 %n 個での較正誤差(ECE): 温度 {temperature} で割る前は {before}、割ったあとは {after}。</numerusform>
        </translation>
    </message>
    <message>
        <source>Put some labelled digits into the validation split and train again.</source>
        <translation>ラベルの付いた数字をいくつか検証用に分けて、もう一度学習させてください。</translation>
    </message>
    <message>
        <source>The temperature was fitted on these digits; for the error after it, each half was measured with the temperature of the other half. It changes how sure the model sounds, never what it reads.</source>
        <translation>温度はこの数字に合わせて決めました。割ったあとの誤差は、半分ずつ、もう半分で決めた温度を使って測っています。変わるのは自信の大きさだけで、読み取る数字は変わりません。</translation>
    </message>
    <message>
        <source>The temperature comes with the model: it was fitted on writers whose digits it had not learned.</source>
        <translation>温度はモデルに付いてきたものです。学習に使っていない人たちの数字に合わせて決めてあります。</translation>
    </message>
    <message>
        <source>These are too few digits to fit a temperature: the answers are as the model gives them.</source>
        <translation>数字が少なすぎて温度を決められません。答えはモデルが出したままです。</translation>
    </message>
    <message>
        <source>That is too few digits to rely on.</source>
        <translation>この数では少なすぎて、あてになりません。</translation>
    </message>
</context>
<context>
    <name>TryPad</name>
    <message>
        <source>Canvas to try a digit</source>
        <translation>数字を試すキャンバス</translation>
    </message>
    <message>
        <source>Read a picture…</source>
        <translation>画像を読み取る…</translation>
    </message>
    <message>
        <source>Choose a picture of one digit; Ctrl+V takes one from the clipboard</source>
        <translation>数字が 1 つ写った画像を選びます。Ctrl+V でクリップボードからも読み取れます</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Take the last stroke back (Ctrl+Z)</source>
        <translation>最後の一画を取り消す (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>消去</translation>
    </message>
    <message>
        <source>Empty the canvas (Esc)</source>
        <translation>キャンバスを空にする (Esc)</translation>
    </message>
    <message>
        <source>Read many pictures or a whole folder into a table of answers</source>
        <translation>たくさんの画像やフォルダー全体を読み、結果を表にします</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>まとめて読む</translation>
    </message>
    <message>
        <source>Many pictures…</source>
        <translation>たくさんの画像…</translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation>フォルダー…</translation>
    </message>
    <message>
        <source>Write a digit, or several side by side; it is read while you write. Escape clears.</source>
        <translation>数字を 1 つ、または横に並べていくつか書いてください。書いている間に読み取ります。Esc で消えます。</translation>
    </message>
    <message>
        <source>Write a digit or a number here, or drop a picture</source>
        <translation>ここに数字を書く(何桁でも)か、画像をドロップしてください</translation>
    </message>
</context>
<context>
    <name>WatchedDigits</name>
    <message>
        <source>Watch this digit no longer</source>
        <translation>この数字を見守るのをやめる</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome to the dojo</source>
        <translation>数字道場へようこそ</translation>
    </message>
    <message>
        <source>Teach a neural network to read handwritten digits, and watch how it learns.</source>
        <translation>ニューラルネットワークに手書きの数字を教え、
学んでいく様子を見てみましょう。</translation>
    </message>
    <message>
        <source>Start with 10,000 digits</source>
        <translation>数字 10,000 個で始める</translation>
    </message>
    <message>
        <source>Draw my own</source>
        <translation>自分で書く</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>読み込む</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>10,000 handwritten digits come with the program. Press Train, then write one yourself.</source>
        <translation>手書きの数字 10,000 個が付属しています。
「学習開始」を押したら、自分でも数字を書いてみましょう。</translation>
    </message>
    <message>
        <source>Adding the starter digits</source>
        <translation>付属の数字を追加しています</translation>
    </message>
</context>
<context>
    <name>WhyView</name>
    <message>
        <source>Why {other}, and not {label}?</source>
        <translation>なぜ {label} ではなく {other} なのか?</translation>
    </message>
    <message>
        <source>against {0}</source>
        <translation>{0} の反証</translation>
    </message>
    <message>
        <source>for {0}</source>
        <translation>{0} の根拠</translation>
    </message>
    <message>
        <source>Looking for the nearest training digits…</source>
        <translation>最も近い学習用の数字を探しています…</translation>
    </message>
    <message>
        <source>Looking through the training digits: {done} of {total}…</source>
        <translation>学習用の数字を調べています: {done} / {total}…</translation>
    </message>
    <message>
        <source>There are no training digits to compare with.</source>
        <translation>比べられる学習用の数字がありません。</translation>
    </message>
    <message numerus="yes">
        <source>(of the %Ln digit(s) it learnt from, compared in the last hidden layer)</source>
        <translation>
            <numerusform>(最後の隠れ層で、学習用の %Ln 個と比較)</numerusform>
        </translation>
    </message>
    <message>
        <source>moved</source>
        <translation>移動</translation>
    </message>
    <message>
        <source>turned ↺</source>
        <translation>左に回転</translation>
    </message>
    <message>
        <source>turned ↻</source>
        <translation>右に回転</translation>
    </message>
    <message>
        <source>smaller</source>
        <translation>縮小</translation>
    </message>
    <message>
        <source>wider</source>
        <translation>横に拡大</translation>
    </message>
    <message>
        <source>thinner</source>
        <translation>細く</translation>
    </message>
    <message>
        <source>thicker</source>
        <translation>太く</translation>
    </message>
    <message>
        <source>inverted</source>
        <translation>白黒反転</translation>
    </message>
    <message>
        <source>Why the model answers so</source>
        <translation>モデルがそう答えた理由</translation>
    </message>
    <message>
        <source>Pieces covered</source>
        <translation>一部を隠す</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>勾配</translation>
    </message>
    <message>
        <source>How much the answer loses where a piece of ink is covered</source>
        <translation>線の一部を隠すと答えがどれだけ弱まるか</translation>
    </message>
    <message>
        <source>How much each pixel of ink adds to the answer</source>
        <translation>線の各画素が答えにどれだけ加わるか</translation>
    </message>
    <message>
        <source>A small square of paper is laid on each place: how much does the answer lose?</source>
        <translation>小さな四角い紙を各場所に重ねたとき、答えはどれだけ弱まるか。</translation>
    </message>
    <message>
        <source>Integrated gradients: what each pixel adds on the way from blank paper to your digit</source>
        <translation>統合勾配(integrated gradients): 白紙からあなたの数字になるまでに、各画素が答えに加える量。</translation>
    </message>
    <message>
        <source>Careful: this shows which ink this one answer leans on. It does not prove what the model understands, ink that is missing shows nowhere, and the two ways can disagree.</source>
        <translation>注意: ここで分かるのは、この答えがどの線に頼ったかだけです。モデルが数字を理解している証拠にはならず、足りない線は現れません。2 つの方法の結果が食い違うこともあります。</translation>
    </message>
    <message>
        <source>Nearest training digits, with their labels</source>
        <translation>最も近い学習用の数字とそのラベル</translation>
    </message>
    <message>
        <source>The same digit laid otherwise, put through the same preparation and read again:</source>
        <translation>同じ数字の書き方を変え、同じ前処理に通して読み直した結果:</translation>
    </message>
    <message>
        <source>Answers to the digit laid otherwise</source>
        <translation>書き方を変えた数字への答え</translation>
    </message>
    <message>
        <source>Why {0}? Other bars can be pressed.</source>
        <translation>なぜ {0}? ほかの棒も押せます。</translation>
    </message>
    <message>
        <source>The training digits nearest to yours, as the model sees them:</source>
        <translation>モデルから見て最も近い学習用の数字:</translation>
    </message>
    <message numerus="yes">
        <source>Of the {n} nearest, %n is/are labelled {digit}</source>
        <translation>
            <numerusform>最も近い {n} 個のうち %n 個は {digit}</numerusform>
        </translation>
    </message>
    <message>
        <source>(of {n} starter digits, compared in the last hidden layer)</source>
        <translation>(最後の隠れ層で、付属の数字 {n} 個と比較)</translation>
    </message>
    <message>
        <source>(of {n} of its {all} training digits, compared in the last hidden layer)</source>
        <translation>(最後の隠れ層で、学習用の {all} 個のうち {n} 個と比較)</translation>
    </message>
</context>
</TS>
