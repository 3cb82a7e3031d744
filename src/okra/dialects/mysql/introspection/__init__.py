"""What a live database of MySQL and MariaDB holds, read from its catalogue."""
