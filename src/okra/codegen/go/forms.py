"""Generated functions that tell whether a text has its form, and compare texts by what they mean."""

from __future__ import annotations

from okra.codegen.helpers import Helper

FORMS = {
    "isFinite": Helper(
        text="""\
func isFinite(number float64) bool {
	return !math.IsNaN(number) && !math.IsInf(number, 0)
}
""",
        imports=("math",),
    ),
    "isJSON": Helper(
        text="""\
// isJSON takes nil for null, as it is written, and no number that is too large for others.
func isJSON(raw json.RawMessage) bool {
	var value any
	return raw == nil || json.Unmarshal(raw, &value) == nil
}
""",
        imports=("encoding/json",),
    ),
    "isMoment": Helper(
        text="""\
// isMoment tells whether a time is in a year that all databases and languages have.
func isMoment(moment time.Time) bool {
	year := moment.UTC().Year()
	return 1 <= year && year <= 9999
}
""",
        imports=("time",),
    ),
    "isDigits": Helper(
        text="""\
func isDigits(text string) bool {
	for _, sign := range text {
		if sign < '0' || sign > '9' {
			return false
		}
	}
	return text != ""
}
"""
    ),
    "isDecimal": Helper(
        text="""\
// isDecimal tells whether a text is a number such as -12.50, without an exponent.
func isDecimal(text string) bool {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	return isDigits(whole) && (!point || isDigits(fraction))
}
""",
        imports=("strings",),
        needs=("isDigits",),
    ),
    "hasForm": Helper(
        text="""\
// hasForm tells whether a text has the form of another, in which 0 stands for any digit.
func hasForm(text, form string) bool {
	if len(text) != len(form) {
		return false
	}
	for index, sign := range []byte(form) {
		found := text[index]
		if sign != '0' && found != sign || sign == '0' && (found < '0' || found > '9') {
			return false
		}
	}
	return true
}
"""
    ),
    "isDate": Helper(
        text="""\
// isDate tells whether a text is a day of the calendar such as 2026-01-02.
func isDate(text string) bool {
	if !hasForm(text, "0000-00-00") || text[:4] == "0000" {
		return false
	}
	_, err := time.Parse("2006-01-02", text)
	return err == nil
}
""",
        imports=("time",),
        needs=("hasForm",),
    ),
    "isTime": Helper(
        text="""\
// isTime tells whether a text is a time of day such as 03:04:05, with up to nine more digits behind a point.
func isTime(text string) bool {
	clock, fraction, point := strings.Cut(text, ".")
	if !hasForm(clock, "00:00:00") || point && (!isDigits(fraction) || len(fraction) > 9) {
		return false
	}
	_, err := time.Parse("15:04:05", clock)
	return err == nil
}
""",
        imports=("strings", "time"),
        needs=("hasForm", "isDigits"),
    ),
    "isDateTime": Helper(
        text="""\
// isDateTime tells whether a text is a moment such as 2026-01-02T03:04:05.123456Z, in UTC or with its offset.
func isDateTime(text string) bool {
	date, clock, _ := strings.Cut(text, "T")
	zone := strings.IndexAny(clock, "Z+-")
	if zone < 0 || !isDate(date) || !isTime(clock[:zone]) || !isZone(clock[zone:]) {
		return false
	}
	moment, err := time.Parse(time.RFC3339Nano, text)
	return err == nil && isMoment(moment)
}

func isZone(text string) bool {
	if text == "Z" {
		return true
	}
	return text[0] != 'Z' && hasForm(text[1:], "00:00") && text[1:3] <= "23" && text[4:] <= "59"
}
""",
        imports=("strings", "time"),
        needs=("isDate", "isTime", "isMoment"),
    ),
}

COMPARISONS = {
    "compareDecimals": Helper(
        text="""\
func compareDecimals(one, other string) int {
	if !isDecimal(one) || !isDecimal(other) {
		return 0
	}
	first, _ := new(big.Rat).SetString(one)
	second, _ := new(big.Rat).SetString(other)
	return first.Cmp(second)
}
""",
        imports=("math/big",),
        needs=("isDecimal",),
    ),
    "compareTimes": Helper(
        text="""\
// compareTimes takes 03:04:05 and 03:04:05.00 for the same.
func compareTimes(one, other string) int {
	if strings.Contains(one, ".") {
		one = strings.TrimRight(strings.TrimRight(one, "0"), ".")
	}
	if strings.Contains(other, ".") {
		other = strings.TrimRight(strings.TrimRight(other, "0"), ".")
	}
	return strings.Compare(one, other)
}
""",
        imports=("strings",),
    ),
    "compareDateTimes": Helper(
        text="""\
func compareDateTimes(one, other string) int {
	first, _ := time.Parse(time.RFC3339Nano, one)
	second, _ := time.Parse(time.RFC3339Nano, other)
	return first.Compare(second)
}
""",
        imports=("time",),
    ),
}
