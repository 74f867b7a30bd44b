# fish completion for luaheat

# Each kind of value: ENDING WORDS...

function __luaheat_text
end

function __luaheat_word
    string join \n -- $argv[2..]
end

function __luaheat_words
    set -l front (string match -r '.*,' -- (__luaheat_value))
    printf "$front%s\n" $argv[2..]
end

# What has been written of the value that the cursor is in.
function __luaheat_value
    commandline -ct | string replace -r '^--[^=]*=' ''
end

# Files of that ending first, behind what stands in front of them.
function __luaheat_files -a ending front
    set -l begun (string replace -- "$front" '' (__luaheat_value))
    for file in (complete -C "'' $begun")
        set -l name (string split -f 1 \t -- $file)
        string match -qr -- '/$' $name; or test -z "$ending"; or string match -qr -- "\\$ending\$" $name; and echo $front$name
    end
end

function __luaheat_file
    __luaheat_files "$argv[1]" ''
end

function __luaheat_word_text
    string match -q -- '*=*' (__luaheat_value); or printf '%s=\n' $argv[2..]
end

function __luaheat_name_file
    set -l front (string match -r '^[^=]*=' -- (__luaheat_value)); and __luaheat_files "$argv[1]" $front
end

function __luaheat_word_file
    __luaheat_word_text $argv
    __luaheat_name_file $argv
end

function __luaheat_word_or_file
    __luaheat_word_text $argv
    string match -q -- '*=*' (__luaheat_value); or __luaheat_file $argv
end

# Whether an option of a command waits for its value in the next word; whether what follows a command's operands is not
# luaheat's; then what there is to complete.
@TABLE@

# Where the cursor is: the command, how many operands it has so far, whether options are over.
function __luaheat_place
    set -l place luaheat 0 no
    set -l waiting no
    for word in (commandline -opc)[2..]
        if test $waiting = yes
            set waiting no
        else if test $place[3] = no -a "$word" = --
            set place[3] yes
        else if test $place[3] = no; and string match -qr -- '^-.' $word
            __luaheat_waits $place[1] $word; and set waiting yes
        else if test $place[1] = luaheat
            set place $word 0 no
        else
            set place[2] (math $place[2] + 1)
            __luaheat_hands_on $place[1]; and set place[3] yes
        end
    end
    string join \n $place
end

function __luaheat_command -a command
    set -l place (__luaheat_place)
    test $place[1] = $command
end

function __luaheat_options_of -a command
    set -l place (__luaheat_place)
    test $place[1] = $command -a $place[3] = no
end

function __luaheat_operand_of -a command count
    set -l place (__luaheat_place)
    test $place[1] = $command -a $place[2] -lt $count
end
