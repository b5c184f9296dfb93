# stringi (ICU), rule by rule on all turns: stringi.R PATTERNS TEXT. Prints how many matches there are.
words <- commandArgs(trailingOnly = TRUE)
rules <- readLines(words[1], encoding = "UTF-8")
turns <- readLines(words[2], encoding = "UTF-8")
count <- 0
for (rule in rules) {
    spans <- stringi::stri_locate_all_regex(turns, rule, case_insensitive = TRUE, omit_no_match = TRUE)
    count <- count + sum(vapply(spans, nrow, 1L))
}
cat(count, "\n")
