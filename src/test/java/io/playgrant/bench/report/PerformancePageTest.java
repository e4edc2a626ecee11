package io.playgrant.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {

    private static final String PAGE = """
            | mint ÷ bare AES-GCM | 3 | 2 | <!-- mint-to-cipher -->not measured |
            | other | 3 | 2 | <!-- resident -->kept |

            <!-- begin mint -->
            old
            <!-- end mint -->
            after
            """;

    @Test
    void write_replacesOnlyTheBenchmarksOwnParts(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("performance.md");
        Files.writeString(page, PAGE);
        Report report = new Report("mint")
                .note("On a machine.")
                .table(Table.of("Times", "", "ns").row("ours", "900"))
                .chart("mint", "Times of all", "<svg/>")
                .figure(Figure.MINT_TO_CIPHER, 1.234);
        new PerformancePage(page).write(report);
        new PerformancePage(page).write(report);
        assertThat(page).hasContent("""
                | mint ÷ bare AES-GCM | 3 | 2 | <!-- mint-to-cipher -->1.23, aim reached |
                | other | 3 | 2 | <!-- resident -->kept |

                <!-- begin mint -->

                On a machine.

                ![Times of all](performance/mint.svg)

                **Times**

                |  | ns |
                |---|--:|
                | ours | 900 |

                <!-- end mint -->
                after
                """);
        assertThat(folder.resolve("performance/mint.svg")).hasContent("<svg/>");
    }

    @Test
    void withSection_refusesAPageWithoutIt() {
        assertThatThrownBy(() -> PerformancePage.withSection(PAGE, "http", "text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http");
    }

    @Test
    void page_hasThePartsOfAllBenchmarks() throws IOException {
        String page = Files.readString(Path.of("docs", "performance.md"));
        for (String name : List.of(
                "http",
                "mint",
                "start",
                "growth",
                "files",
                "records",
                "keys",
                "kafka",
                "redeem",
                "packager",
                "console",
                "soak")) {
            assertThat(PerformancePage.withSection(page, name, "new text")).contains("new text");
        }
        for (Figure figure : Figure.values()) {
            assertThat(PerformancePage.withFigure(page, figure, 1)).contains("<!-- " + figure.cell() + " -->1.00, ");
        }
    }
}
