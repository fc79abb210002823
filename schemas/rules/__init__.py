"""The rule language: a sentence is parsed once and rendered as a check, an Excel formula and Chinese words.

T2.10 = sum(T2.11..16)                       a line and a range
T2.01 >= sum(T1.channels)                    a block of a code list
T2.01 >= sum(T2.03, T2.11..16)               a list of lines
T2.05 >= 1 when T1.103 >= 1                  a guard
each part of T1.*:year_to_date >= T1.*       one comparison a line; * is every line that is filled in
T2.10:year_to_date@-1                        another measure, the period before; @-1y the same period a year before
each column T3.301 + T3.302 = T3.317         a matrix column by column: rows are named; each row: columns are
T9.904 <= 100                                a number is in the unit of the lines beside it, as 2.5 万元 is
"""
