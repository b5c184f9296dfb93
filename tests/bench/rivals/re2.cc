// RE2::Set says which rules match a turn, RE2 says where: re2 PATTERNS TEXT. PATTERNS has a regex a line; rules that RE2 has no
// syntax for (lookarounds) are left out and counted on stderr. Prints `start end rule` for each match, in bytes.
#include <re2/re2.h>
#include <re2/set.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

int main(int count, char **words)
{
    if (count != 3)
        return 2;
    RE2::Options options;
    options.set_case_sensitive(false);
    options.set_log_errors(false);
    options.set_max_mem(256 << 20);
    RE2::Set set(options, RE2::UNANCHORED);
    std::vector<std::unique_ptr<RE2>> rules;
    std::vector<int> numbers;
    std::ifstream list(words[1]), file(words[2], std::ios::binary);
    int number = 0, left_out = 0;
    for (std::string line; std::getline(list, line); number++) {
        std::string whole = "(" + line + ")";
        if (set.Add(whole, nullptr) < 0) {
            left_out++;
            continue;
        }
        rules.push_back(std::make_unique<RE2>(whole, options));
        numbers.push_back(number);
    }
    if (!set.Compile())
        return 2;
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    std::vector<int> found;
    for (size_t at = 0, end; at < text.size(); at = end + 1) {
        end = text.find('\n', at);
        end = end == std::string::npos ? text.size() : end;
        re2::StringPiece turn(text.data() + at, end - at), match;
        if (!set.Match(turn, &found))
            continue;
        for (int rule : found)
            for (size_t from = 0; rules[rule]->Match(turn, from, turn.size(), RE2::UNANCHORED, &match, 1);
                 from = match.data() - turn.data() + match.size())
                printf("%zu\t%zu\t%d\n", at + (match.data() - turn.data()),
                       at + (match.data() - turn.data()) + match.size(), numbers[rule]);
    }
    if (left_out)
        fprintf(stderr, "%d rules left out\n", left_out);
    return 0;
}
