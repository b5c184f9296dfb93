/* The qcode command. */
#include <qcode.h>

int main(void)
{
    return 0;
}
