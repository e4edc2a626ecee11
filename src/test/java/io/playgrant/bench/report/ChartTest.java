package io.playgrant.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.bench.report.LineChart.Point;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {

    @Test
    void bars_areAsLongAsTheirValues() throws Exception {
        Document svg = parse(new BarChart("Ratio <of> two")
                .bar("one & all", 5)
                .bar("two", 2.5)
                .svg());
        NodeList bars = svg.getElementsByTagName("rect");
        assertThat(bars.getLength()).isEqualTo(2);
        assertThat(number(bars, 0, "width")).isEqualTo(2 * number(bars, 1, "width"));
        assertThat(svg.getDocumentElement().getTextContent()).contains("Ratio <of> two", "one & all", "2.50");
    }

    @Test
    void targets_standWhereABarOfTheirValueEnds() throws Exception {
        Document svg = parse(new BarChart("Ratio")
                .bar("one", Figure.PROCESSOR_TO_BARE.atLeast())
                .targets(Figure.PROCESSOR_TO_BARE)
                .svg());
        NodeList bars = svg.getElementsByTagName("rect");
        NodeList lines = svg.getElementsByTagName("line");
        Element least = (Element) lines.item(1);
        assertThat(least.getAttribute("class")).isEqualTo("least");
        assertThat(number(lines, 1, "x1")).isEqualTo(number(bars, 0, "x") + number(bars, 0, "width"));
        assertThat(lines.getLength()).isEqualTo(3);
    }

    @Test
    void lines_leadFromTheFirstPointToTheLast() throws Exception {
        Document svg = parse(new LineChart("Growth", "accounts", "requests/s")
                .byPowersOfTen()
                .line("all", List.of(new Point(1, 50), new Point(10, 100), new Point(100, 0)))
                .svg());
        Element line = (Element) svg.getElementsByTagName("polyline").item(0);
        // From the left to the right, the second point in the middle; the highest at the top, zero at the bottom.
        assertThat(line.getAttribute("points")).isEqualTo("60,137.5 245,40 430,235");
        assertThat(svg.getDocumentElement().getTextContent()).contains("accounts", "requests/s", "100");
    }

    private static double number(NodeList elements, int index, String attribute) {
        return Double.parseDouble(((Element) elements.item(index)).getAttribute(attribute));
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
