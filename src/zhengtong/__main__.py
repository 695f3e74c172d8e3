from zhengtong.project.manage import main

main()
