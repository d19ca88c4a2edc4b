; The installer for Windows, compiled by windows.py: makensis -DVERSION=… -DBUNDLE=… -DICON=… -DTARGET=…
; For one user, so that a school's computer asks for no administrator. Documents and settings are never touched.
Unicode true
SetCompressor /SOLID lzma
SetCompressorDictSize 64
RequestExecutionLevel user
ManifestDPIAware true
ManifestLongPathAware true

!include "MUI2.nsh"
!include "FileFunc.nsh"
!define NAME "Digit Dojo"
!define TYPE "DigitDojo.Document"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\DigitDojo"

Name "${NAME}"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\Digit Dojo"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME}"
VIAddVersionKey "LegalCopyright" "The Digit Dojo authors, MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\digit-dojo.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Japanese"

LangString IsOpen ${LANG_ENGLISH} "Digit Dojo is open. Close it, then try again."
LangString IsOpen ${LANG_JAPANESE} "数字道場が開いています。閉じてから、もう一度実行してください。"
LangString Document ${LANG_ENGLISH} "Digit Dojo document"
LangString Document ${LANG_JAPANESE} "数字道場のドキュメント"
LangString Stays ${LANG_ENGLISH} "Your documents and settings stay where they are."
LangString Stays ${LANG_JAPANESE} "ドキュメントと設定はそのまま残ります。"

; Of an older version nothing may stay but what is not ours: only files that we bring are removed.
!macro RemoveProgram UN
  Function ${UN}RemoveProgram
    retry:
    ClearErrors
    Delete "$INSTDIR\digit-dojo.exe"
    Delete "$INSTDIR\digit-dojo-engine.exe"
    IfErrors 0 closed
      IfFileExists "$INSTDIR\digit-dojo.exe" isopen
      IfFileExists "$INSTDIR\digit-dojo-engine.exe" isopen closed
      isopen:
      MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IsOpen)" /SD IDCANCEL IDRETRY retry
      Abort "$(IsOpen)"
    closed:
    RMDir /r "$INSTDIR\_internal"
  FunctionEnd
!macroend
!insertmacro RemoveProgram ""
!insertmacro RemoveProgram "un."

Section "${NAME}"
  SetOutPath "$INSTDIR"
  Call RemoveProgram
  File /r "${BUNDLE}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\Digit Dojo.lnk" "$INSTDIR\digit-dojo.exe"

  WriteRegStr HKCU "Software\Classes\.dojo" "" "${TYPE}"
  WriteRegStr HKCU "Software\Classes\.dojo" "Content Type" "application/x-digit-dojo"
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "$(Document)"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" '"$INSTDIR\digit-dojo.exe",0'
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\digit-dojo.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x8000000, i 0, p 0, p 0)'

  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\digit-dojo.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Digit Dojo authors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "un.${NAME}"
  Call un.RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Digit Dojo.lnk"
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
  ReadRegStr $0 HKCU "Software\Classes\.dojo" ""
  ${If} $0 == "${TYPE}"
    DeleteRegKey HKCU "Software\Classes\.dojo"
  ${EndIf}
  DeleteRegKey HKCU "${UNINSTALL}"
  System::Call 'shell32::SHChangeNotify(i 0x8000000, i 0, p 0, p 0)'
  DetailPrint "$(Stays)"
SectionEnd
