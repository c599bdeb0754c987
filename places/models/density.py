from django.db import models


class GroundTile(models.Model):
    """How many postcodes lie in each cell of a square of Great Britain: the ground that our maps are drawn on.

    At level 0 a cell is 0.002° high and 0.0032° wide (about 220 m); at each level above, twice that. A tile has 32 by
    32 cells. Made from OS Code-Point Open by `load_places`, with the postcodes; see `places.density_grid`.
    """

    level = models.PositiveSmallIntegerField(help_text="0 is the finest.")
    column = models.PositiveIntegerField(help_text="Counted in tiles from 9° west.")
    row = models.PositiveIntegerField(help_text="Counted in tiles from 49° north, upwards.")
    counts = models.BinaryField(help_text="1,024 counts, row by row from the south-west, two bytes each, compressed.")

    class Meta:
        ordering = ["level", "row", "column"]
        constraints = [
            models.UniqueConstraint(
                fields=["level", "row", "column"],
                name="ground_tile_once",
                violation_error_message="This tile is already there.",
            ),
        ]

    def __str__(self) -> str:
        return f"Level {self.level}, row {self.row}, column {self.column}"
